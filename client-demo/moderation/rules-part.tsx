export default function RulesPart() {
  return null;
}

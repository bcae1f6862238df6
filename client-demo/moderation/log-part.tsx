export default function LogPart() {
  return null;
}

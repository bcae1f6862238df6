export function AppealsPart() {
  return null;
}

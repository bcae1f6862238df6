export function NoticesPart() {
  return null;
}

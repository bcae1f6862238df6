export default function UsersPart() {
  return null;
}

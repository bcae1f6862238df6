export default function StatisticsPart() {
  return null;
}

const percent = new Intl.NumberFormat('en', { style: 'percent' });
const whole = new Intl.NumberFormat('en');
const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });

export const formatPercent = (share: number): string => percent.format(share);
export const formatWhole = (n: number): string => whole.format(n);
export const formatMoney = (amount: number): string => money.format(amount);

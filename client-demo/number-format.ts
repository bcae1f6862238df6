/** The database has amounts and no currency: all of them are in the platform's one. */
export const CURRENCY = 'EUR';

const percent = new Intl.NumberFormat('en', { style: 'percent' });
const whole = new Intl.NumberFormat('en');
const money = new Intl.NumberFormat('en', { style: 'currency', currency: CURRENCY });

export const formatPercent = (share: number): string => percent.format(share);
export const formatWhole = (n: number): string => whole.format(n);
export const formatMoney = (amount: number): string => money.format(amount);

// Runs before the first paint, so that a chosen theme does not flash. The page itself takes over in theme.ts.
try {
  const theme = localStorage.getItem('campaign-pulse:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {}

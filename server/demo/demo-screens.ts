/** Where somebody who has just started the demo looks first. Each screen signs its reader in as whom it is for. */
export const demoScreens = (url: string) => ({
  user: `${url}/`,
  advertiser: `${url}/advertiser`,
  moderator: `${url}/moderation`,
  change: 'the name at the top right makes a tab another person; several tabs can be several people',
});

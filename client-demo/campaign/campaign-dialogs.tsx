import { useStore } from '../watching.ts';
import { AppealDialog } from './appeal-dialog.tsx';
import { askedDialog } from './dialogs.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { ReportDialog } from './report-dialog.tsx';
import '../styles/dialog.css';

/** The dialog that is open. */
export default function CampaignDialogs() {
  const asked = useStore(askedDialog);
  switch (asked?.kind) {
    case undefined:
      return null;
    case 'report':
      return <ReportDialog comment={asked.comment} />;
    case 'remove':
      return <RemoveDialog comment={asked.comment} />;
    case 'appeal':
      return <AppealDialog comment={asked.comment} />;
  }
}

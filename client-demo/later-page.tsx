import { Message } from './message.tsx';
import { Link } from './routing.tsx';
import { strings } from './strings.ts';

/** Says honestly that a screen is still to come. */
export function LaterPage({ screen }: { screen: 'moderation' }) {
  return (
    <Message title={strings.later[screen]} hint={strings.later[`${screen}Hint`]}>
      <Link to="/" className="button button-primary">
        {strings.later.back}
      </Link>
    </Message>
  );
}

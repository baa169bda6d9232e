import { CircleAlert, Clock } from 'lucide-preact';

import { words } from '../../i18n/words';
import type { Item, ItemIntent } from '../../store/api';
import { problemSentence } from '../problem';

/** The state of what one wants of a message, as a small word; with what one can do when it stopped. */
export function messageState(item: Item, saysSent: boolean) {
  const says = words.value.message;
  const { intent } = item;
  if (intent === undefined || (intent.what === 'react' && intent.state !== 'failed')) {
    return saysSent && item.mine ? <p class="message-state">{says.sent}</p> : null;
  }
  if (intent.state === 'failed' || intent.state === 'aged') return stopped(intent);
  if (intent.state === 'sent') return saysSent || intent.what !== 'post' ? <p class="message-state">{says.sent}</p> : null;
  if (intent.state === 'waiting') {
    return (
      <p class="message-state is-waiting">
        <Clock size={14} aria-hidden="true" />
        <span>{says.waiting}</span>
      </p>
    );
  }
  return <p class="message-state">{{ post: says.sending, edit: says.saving, remove: says.removing, react: '' }[intent.what]}</p>;
}

function stopped(intent: ItemIntent) {
  const says = words.value.message;
  const what = intent.state === 'aged' ? says.aged : { post: says.failed, edit: says.notSaved, remove: says.notRemoved, react: says.notSaved }[intent.what];
  return (
    <div class="message-state is-stopped">
      <p class="message-stopped">
        <CircleAlert size={16} aria-hidden="true" />
        <span>
          <strong>{what}</strong>
          {intent.problem !== undefined && intent.state === 'failed' && ` – ${problemSentence(words.value, intent.problem)}`}
        </span>
      </p>
      <p class="message-stopped-acts">
        <button type="button" tabIndex={-1} data-act="retry">{intent.state === 'aged' ? says.sendNow : says.retry}</button>
        <button type="button" tabIndex={-1} data-act="discard">{says.discard}</button>
      </p>
    </div>
  );
}

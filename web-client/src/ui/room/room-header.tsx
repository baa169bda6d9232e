import { ArrowLeft, Users } from 'lucide-preact';

import { language, words } from '../../i18n/words';
import type { WebinarRecord } from '../../protocol/generated';
import { StateChip } from '../pieces/state-chip';
import { addressOf, followLink } from '../route';
import { LanguageSwitch } from '../shell/language-switch';
import { useRoomView } from './room-view';

/** The webinar's own head on a phone and a tablet: back, what this is, who is here, the language. */
export function RoomHeader({ record }: { record: WebinarRecord | undefined }) {
  const says = words.value;
  return (
    <header class="room-header" data-part>
      <a class="icon-button" href={addressOf.webinars} onClick={followLink} aria-label={says.webinar.back}>
        <ArrowLeft class="turns-with-direction" size={22} aria-hidden="true" />
      </a>
      <div class="room-header-main">{record !== undefined && <Title record={record} />}</div>
      {record !== undefined && <PeopleButton short />}
      <LanguageSwitch short />
    </header>
  );
}

function Title({ record }: { record: WebinarRecord }) {
  const view = useRoomView();
  return (
    <h1 class="room-header-title" tabIndex={-1}>
      <button type="button" class="room-header-about" aria-haspopup="dialog" onClick={() => (view.panel.value = 'about')}>
        <span class="room-header-name" dir="auto">{record.title[language.value]}</span>
        <span class="only-read-aloud">, </span>
        <StateChip state={record.state} />
        <span class="only-read-aloud">. {words.value.webinar.about}</span>
      </button>
    </h1>
  );
}

/** How many are here; opens the list. */
export function PeopleButton({ short = false }: { short?: boolean }) {
  const view = useRoomView();
  const count = view.room.people.value;
  if (count === undefined) return null;
  const says = words.value;
  const here = says.webinar.here({ count });
  return (
    <button
      type="button"
      class={short ? 'people-button is-short' : 'people-button'}
      aria-haspopup="dialog"
      onClick={() => (view.panel.value = 'people')}
      {...(short ? { 'aria-label': says.people.open({ here }) } : {})}
    >
      <Users size={18} aria-hidden="true" />
      <span class="count">{short ? says.webinar.hereShort({ count }) : here}</span>
    </button>
  );
}

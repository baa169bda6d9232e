import { CircleUserRound, MessagesSquare, Newspaper, Presentation } from 'lucide-preact';

import { numberOf } from '../../i18n/format';
import { words } from '../../i18n/words';
import { useClient } from '../client-context';
import { Mark } from '../pieces/mark';
import { addressOf, followLink, route, type Route } from '../route';
import { LanguageSwitch } from './language-switch';

interface Place {
  name: 'news' | 'webinars' | 'boards' | 'you';
  address: string;
  words: string;
  here: boolean;
}

const icons = { news: Newspaper, webinars: Presentation, boards: MessagesSquare, you: CircleUserRound };

/** Which of the places a screen belongs to. */
const placeOf: { readonly [Name in Route['name']]?: Place['name'] } = {
  news: 'news',
  webinars: 'webinars',
  create: 'webinars',
  webinar: 'webinars',
  summary: 'webinars',
  boards: 'boards',
  createBoard: 'boards',
  board: 'boards',
  newThread: 'boards',
  thread: 'boards',
  you: 'you',
};

function places(): Place[] {
  const says = words.value.shell;
  const names = ['news', 'webinars', 'boards', 'you'] as const;
  return names.map((name) => ({ name, address: addressOf[name], words: says[name], here: placeOf[route.value.name] === name }));
}

/** More than this needs no exact number. */
const mostShown = 99;

/** The house's name, the places on a wide screen, the language. A webinar on a small screen has a head of its own. */
export function TopBar() {
  const says = words.value;
  return (
    <header class="top-bar" data-part>
      <a class="top-bar-name" href={addressOf.webinars} onClick={followLink}>
        <Mark />
        <span>{says.app.name}</span>
      </a>
      <nav class="top-bar-places only-wide" aria-label={says.shell.places}>
        {places().map((place) => <PlaceLink key={place.name} place={place} />)}
      </nav>
      <LanguageSwitch />
    </header>
  );
}

/** The places within a thumb's reach. */
export function BottomBar() {
  return (
    <nav class="bottom-bar only-phone" aria-label={words.value.shell.places} data-part>
      {places().map((place) => <PlaceLink key={place.name} place={place} />)}
    </nav>
  );
}

function PlaceLink({ place }: { place: Place }) {
  const { session, news } = useClient();
  const Icon = icons[place.name];
  const unseen = place.name === 'news' ? (news.value?.unseen.value ?? 0) : 0;
  const name = place.name === 'you' ? session.me.value?.name : undefined;
  return (
    <a
      class="place"
      href={place.address}
      onClick={followLink}
      {...(place.here ? { 'aria-current': 'page' as const } : {})}
    >
      <span class="place-icon">
        <Icon size={20} aria-hidden="true" />
        {unseen > 0 && <span class="place-count" aria-hidden="true">{unseen > mostShown ? `${mostShown}+` : numberOf(unseen)}</span>}
      </span>
      <span>
        {place.words}
        {unseen > 0 && <span class="only-read-aloud">, {words.value.shell.newCount({ count: unseen })}</span>}
      </span>
      {name !== undefined && <span class="place-name only-laptop" dir="auto">{name}</span>}
    </a>
  );
}

import { CircleUserRound, MessagesSquare } from 'lucide-preact';

import { words } from '../../i18n/words';
import { useClient } from '../client-context';
import { Mark } from '../pieces/mark';
import { addressOf, followLink, route } from '../route';
import { LanguageSwitch } from './language-switch';

interface Place {
  name: 'webinars' | 'you';
  address: string;
  words: string;
  here: boolean;
}

/** The places that exist: two today. */
function places(): Place[] {
  const says = words.value.shell;
  const at = route.value.name;
  return [
    { name: 'webinars', address: addressOf.webinars, words: says.webinars, here: at === 'webinars' || at === 'create' || at === 'webinar' },
    { name: 'you', address: addressOf.you, words: says.you, here: at === 'you' },
  ];
}

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
  const { session } = useClient();
  const Icon = place.name === 'webinars' ? MessagesSquare : CircleUserRound;
  const name = place.name === 'you' ? session.me.value?.name : undefined;
  return (
    <a
      class="place"
      href={place.address}
      onClick={followLink}
      {...(place.here ? { 'aria-current': 'page' as const } : {})}
    >
      <Icon size={20} aria-hidden="true" />
      <span>{place.words}</span>
      {name !== undefined && <span class="place-name only-laptop" dir="auto">{name}</span>}
    </a>
  );
}

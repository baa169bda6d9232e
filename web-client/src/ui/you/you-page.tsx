import { useSignal } from '@preact/signals';

import { language, words, type Language } from '../../i18n/words';
import type { Me } from '../../protocol/generated';
import type { Problem } from '../../store/api';
import { useClient } from '../client-context';
import { Dialog } from '../pieces/dialog';
import { Initials } from '../pieces/initials';
import { Notice } from '../pieces/notice';
import { ProblemLine } from '../pieces/problem-line';
import { addressOf, followLink } from '../route';
import { chooseLanguage } from '../shell/choose-language';
import { usePageTitle } from '../shell/page-title';
import { announcer } from '../voice';

/** Who one is here, the language, the way out. */
export default function YouPage() {
  const { session } = useClient();
  const says = words.value.you;
  const me = session.me.value;
  usePageTitle(says.title);
  return (
    <main class="page is-narrow" id="content" data-part>
      <h1 tabIndex={-1}>{says.title}</h1>
      {me === undefined ? (
        session.known.value && (
          <Notice
            title={says.nobodyTitle}
            actions={<a class="button" href={addressOf.webinars} onClick={followLink}>{says.toWebinars}</a>}
          >
            {says.nobody}
          </Notice>
        )
      ) : (
        <Person me={me} />
      )}
      <LanguageChoice />
      <section class="you-part">
        <h2 class="you-heading">{says.appearance}</h2>
        <p>{says.appearanceHint}</p>
      </section>
      {me !== undefined && <Leaving guest={me.kind === 'guest'} />}
    </main>
  );
}

function Person({ me }: { me: Me }) {
  const says = words.value.you;
  const role = me.kind === 'guest' ? says.guestOf : { member: says.member, moderator: says.moderator, admin: says.admin }[me.siteRole ?? 'member'];
  return (
    <section class="you-person">
      <Initials id={me.id} name={me.name} />
      <div class="you-person-words">
        <p class="you-name" dir="auto">{me.name}</p>
        <p>{role}</p>
      </div>
    </section>
  );
}

function LanguageChoice() {
  const client = useClient();
  const says = words.value.you;
  const option = (tag: Language, name: string) => (
    <label class="choice" key={tag} lang={tag}>
      <input type="radio" name="language" checked={language.value === tag} onChange={() => void chooseLanguage(client, tag)} />
      <span>{name}</span>
    </label>
  );
  return (
    <fieldset class="you-part">
      <legend class="you-heading">{says.language}</legend>
      {option('en', 'English')}
      {option('fr', 'Français')}
    </fieldset>
  );
}

function Leaving({ guest }: { guest: boolean }) {
  const asking = useSignal(false);
  const says = words.value.you;
  return (
    <section class="you-part">
      <button type="button" class="button" onClick={() => (asking.value = true)}>{guest ? says.leave : says.signOut}</button>
      <p class="field-hint">{guest ? says.leaveHint : says.signOutHint}</p>
      {asking.value && <LeaveDialog guest={guest} close={() => (asking.value = false)} />}
    </section>
  );
}

function LeaveDialog({ guest, close }: { guest: boolean; close(): void }) {
  const { session, unsent } = useClient();
  const problem = useSignal<Problem | undefined>(undefined);
  const says = words.value.you;
  const leave = async (): Promise<void> => {
    const outcome = await session.signOut();
    if ('problem' in outcome) {
      problem.value = outcome.problem;
      return;
    }
    announcer.say('signedOut', says.signedOut);
    close();
  };
  return (
    <Dialog title={guest ? says.leaveTitle : says.confirmTitle} kind="sheet" onClose={close}>
      <div class="removal">
        <p>{guest ? says.leaveHint : says.signOutHint}</p>
        {unsent.value > 0 && <p><strong>{says.signOutUnsent({ count: unsent.value })}</strong></p>}
        <ProblemLine problem={problem.value} />
        <div class="button-row">
          <button type="button" class="button is-danger" onClick={() => void leave()}>{guest ? says.leave : says.signOut}</button>
          <button type="button" class="button" onClick={close}>{says.cancel}</button>
        </div>
      </div>
    </Dialog>
  );
}

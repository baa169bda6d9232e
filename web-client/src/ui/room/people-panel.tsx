import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { words } from '../../i18n/words';
import type { Attendee, PeopleListOk } from '../../protocol/generated';
import type { Problem } from '../../store/api';
import { Dialog } from '../pieces/dialog';
import { Field } from '../pieces/field';
import { Initials } from '../pieces/initials';
import { problemSentence } from '../problem';
import { useSaid } from '../voice';
import { useRoomView } from './room-view';

/** Keys typed sooner than this after each other are one search. */
const searchPause = 250;

/** Who is here: for hosts always, for those who joined when names are visible. */
export default function PeoplePanel() {
  const view = useRoomView();
  const says = words.value.people;
  const close = (): void => {
    view.panel.value = undefined;
  };
  return (
    <Dialog title={says.title} kind="side" onClose={close}>
      {view.room.mayListPeople.value ? <PeopleList /> : <HiddenPeople />}
    </Dialog>
  );
}

function HiddenPeople() {
  const { room } = useRoomView();
  const says = words.value;
  const joinsToSee = room.record.value?.peopleVisible === 'names' && room.role.value === 'visitor';
  return (
    <div class="people-hidden">
      <p class="people-count">{says.webinar.here({ count: room.people.value ?? 0 })}</p>
      <p>{joinsToSee ? says.people.joinFirst : says.people.hidden}</p>
    </div>
  );
}

function PeopleList() {
  const { search, answer, people, problem, loading, more } = usePeople();
  const says = words.value.people;
  const summary =
    answer === undefined
      ? ''
      : search.value.trim() === ''
        ? says.summary({ count: answer.count, present: answer.present })
        : says.found({ count: answer.count });
  const fault = problem === undefined ? undefined : `${says.failed} ${problemSentence(words.value, problem)}`;
  useSaid('people', fault ?? summary);
  return (
    <div class="people">
      <Field
        id="people-search"
        type="search"
        label={says.search}
        value={search.value}
        onInput={(value) => (search.value = value)}
        autoComplete="off"
      />
      <p class="people-count">{loading && answer === undefined ? says.loading : summary}</p>
      {fault !== undefined && <p class="field-error">{fault}</p>}
      {answer?.count === 0 && search.value.trim() === '' && <p>{says.empty}</p>}
      <ul class="people-rows">{people.map((person) => <PersonRow key={person.id} person={person} />)}</ul>
      {(answer?.next !== undefined || problem !== undefined) && (
        <button type="button" class="button" aria-disabled={loading} onClick={more}>
          {problem === undefined ? says.more : words.value.webinars.retry}
        </button>
      )}
    </div>
  );
}

function PersonRow({ person }: { person: Attendee }) {
  const says = words.value;
  const role = person.host ? says.message.host : person.kind === 'guest' ? says.people.guest : says.people.member;
  return (
    <li class="person">
      <Initials id={person.id} name={person.name} />
      <span class="person-words">
        <span class="person-name"><bdi>{person.name}</bdi></span>
        <span class="person-role">{role}</span>
      </span>
      <span class={person.present ? 'person-presence is-here' : 'person-presence'}>
        {person.present ? says.people.here : says.people.away}
      </span>
    </li>
  );
}

function usePeople() {
  const { room } = useRoomView();
  const search = useSignal('');
  const answer = useSignal<PeopleListOk | undefined>(undefined);
  const people = useSignal<readonly Attendee[]>([]);
  const problem = useSignal<Problem | undefined>(undefined);
  const loading = useSignal(false);
  const asked = useRef(0);

  const ask = async (after: string | undefined): Promise<void> => {
    const turn = (asked.current += 1);
    const wanted = search.value.trim();
    loading.value = true;
    const outcome = await room.findPeople({
      ...(wanted === '' ? {} : { search: wanted }),
      ...(after === undefined ? {} : { after }),
    });
    if (turn !== asked.current) return;
    loading.value = false;
    problem.value = 'problem' in outcome ? outcome.problem : undefined;
    if ('ok' in outcome) {
      answer.value = outcome.ok;
      people.value = after === undefined ? outcome.ok.people : [...people.value, ...outcome.ok.people];
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => void ask(undefined), answer.value === undefined ? 0 : searchPause);
    return () => clearTimeout(timer);
  }, [search.value]);

  return {
    search,
    answer: answer.value,
    people: people.value,
    problem: problem.value,
    loading: loading.value,
    more: () => void ask(people.value.length === 0 ? undefined : answer.value?.next),
  };
}

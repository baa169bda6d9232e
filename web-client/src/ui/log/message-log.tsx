import { ArrowDown } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { dayNumber } from '../../i18n/format';
import { words } from '../../i18n/words';
import type { Item } from '../../store/api';
import { useClient } from '../client-context';
import { useConversationView, type ConversationView } from '../conversation/conversation-view';
import { authorName, excerpt } from '../conversation/texts';
import { announcer, useSaid } from '../voice';
import { LogController } from './log-controller';
import { holdFocused, onClick, onKeyDown } from './log-presses';
import { MessageRow } from './message-row';
import { rowFacts, unreadIndex } from './row-facts';

interface MessageLogProps {
  /** No other part is before it. */
  shown: boolean;
  /** Before anybody has written. */
  empty: ComponentChildren;
}

/** What is written in a conversation. One stop of the Tab key; the arrows move between messages. */
export function MessageLog({ shown, empty }: MessageLogProps) {
  const view = useConversationView();
  const { log } = view.conversation;
  const client = useClient();
  const held = useRef<LogController>();
  const controller = (held.current ??= new LogController(log, view.longTexts ? 'unread' : 'newest'));
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);

  void log.version.value;
  void controller.moves.value;
  const { start, end } = controller.settle(client.connection.everOnline.value);

  useLayoutEffect(() => {
    if (scroller.current === null || rows.current === null) return undefined;
    return controller.attach(scroller.current, rows.current);
  }, []);
  useLayoutEffect(() => controller.drawn());
  useLayoutEffect(() => controller.show(shown), [shown]);
  useFollowedRequests(view, controller);
  const online = client.connection.state.value === 'online';
  useEffect(() => {
    if (online) controller.tryHistoryAgain();
  }, [online]);
  useSpokenMessages(view, shown);

  return (
    <div class={view.longTexts ? 'log-frame has-long-texts' : 'log-frame'}>
      <div
        class="log"
        role="log"
        aria-live="off"
        aria-label={view.says.value.log.label}
        tabIndex={-1}
        data-part
        ref={scroller}
        onKeyDown={(event) => onKeyDown(event, view, controller)}
        onClick={(event) => onClick(event, view)}
        onFocusIn={(event) => holdFocused(event, controller)}
      >
        {log.items.length === 0 ? empty : <LogTop controller={controller} atTop={start === 0} />}
        <div class="log-rows" ref={rows}>{drawRows(view, start, end)}</div>
      </div>
      <NewMessages controller={controller} />
    </div>
  );
}

function drawRows(view: ConversationView, start: number, end: number) {
  const { log, mayPost } = view.conversation;
  const { longTexts } = view;
  const line = log.unreadLinePos.value;
  // Whoever has never been here knows that all of it is new.
  const unread = longTexts && line === 1 ? -1 : unreadIndex(log, line);
  const newestOwn = newestOwnKey(log.items);
  const drawn = [];
  let day = dayAbove(log.items, start);
  for (let index = start; index < end; index += 1) {
    const item = log.items[index] as Item;
    const before = log.items[index - 1];
    const facts = rowFacts(item, before, day, index === unread, dayNumber);
    if (item.at !== 0) day = dayNumber(item.at);
    drawn.push(
      <MessageRow
        key={item.key}
        item={item}
        {...facts}
        startsRun={longTexts || facts.startsRun}
        numbered={longTexts}
        mark={view.markOf(item)}
        hasMenu={view.hasMenu(item)}
        says={view.says.value}
        changesLanguage={before !== undefined && before.lang !== item.lang}
        newestOwn={item.key === newestOwn}
        quoted={item.replyTo === undefined ? undefined : log.find(item.replyTo.id)}
        mayReact={item.reactions.length > 0 && mayPost.value}
      />,
    );
  }
  return drawn;
}

function dayAbove(items: readonly Item[], start: number): number | undefined {
  for (let index = start - 1; index >= 0; index -= 1) {
    const at = items[index]?.at;
    if (at !== undefined && at !== 0) return dayNumber(at);
  }
  return undefined;
}

/** Only where it is among the last: further up, that it was sent is no news. */
function newestOwnKey(items: readonly Item[]): string | undefined {
  for (let index = items.length - 1; index >= Math.max(0, items.length - 30); index -= 1) {
    if (items[index]?.mine === true) return items[index]?.key;
  }
  return undefined;
}

function LogTop({ controller, atTop }: { controller: LogController; atTop: boolean }) {
  const view = useConversationView();
  const { log } = view.conversation;
  const says = view.says.value.log;
  useSaid('history', controller.historyFailed.value ? says.historyFailed : undefined);
  if (controller.historyFailed.value) {
    return (
      <div class="log-top">
        <span>{says.historyFailed}</span>
        <button type="button" class="button is-plain" onClick={() => void controller.loadOlder()}>{words.value.webinars.retry}</button>
      </div>
    );
  }
  if (log.hasOlder.value) return <p class="log-top">{log.loading.value === 'older' ? says.loadingOlder : '\u00a0'}</p>;
  return atTop ? <p class="log-top">{says.beginning}</p> : null;
}

function NewMessages({ controller }: { controller: LogController }) {
  const view = useConversationView();
  const { log } = view.conversation;
  const says = view.says.value.log;
  if (controller.atEnd.value) return null;
  const count = log.unreadCount.value;
  return (
    <button type="button" class={count > 0 ? 'new-messages' : 'new-messages is-quiet'} onClick={() => void controller.step(Infinity)}>
      <ArrowDown size={18} aria-hidden="true" />
      <span class={count > 0 ? '' : 'only-read-aloud'}>{count > 0 ? says.newMessages({ count }) : says.toLatest}</span>
    </button>
  );
}

function useFollowedRequests(view: ConversationView, controller: LogController): void {
  const target = view.target.value;
  const toEnd = view.toEnd.value;
  useEffect(() => {
    if (target === undefined) return;
    void controller.goTo(target.id, target.pos).then((found) => {
      if (!found) announcer.say('history', view.says.value.log.historyFailed);
    });
  }, [target]);
  useEffect(() => {
    if (toEnd > 0) controller.toEnd();
  }, [toEnd]);
}

/** Says what others write while the page is looked at; what came before it was opened is there to be read. */
function useSpokenMessages(view: ConversationView, shown: boolean): void {
  const { log } = view.conversation;
  const spokenUpTo = useRef(log.newestPos.value);
  useEffect(() => {
    const from = spokenUpTo.current;
    spokenUpTo.current = Math.max(from, log.newestPos.value);
    if (from === 0 || !shown || document.visibilityState === 'hidden') return;
    const fresh: Item[] = [];
    for (let index = log.items.length - 1; index >= 0; index -= 1) {
      const item = log.items[index] as Item;
      if (item.pos !== undefined && item.pos <= from) break;
      if (item.pos !== undefined && !item.mine && item.removed === undefined) fresh.push(item);
    }
    const counted = (count: number): string => view.says.value.announce.newMessages({ count });
    for (const item of fresh.reverse()) announcer.message(authorName(item), excerpt(item, 300), counted);
  }, [log.version.value]);
}

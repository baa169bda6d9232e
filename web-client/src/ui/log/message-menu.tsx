import { Copy, ExternalLink, MessageSquareQuote, Pencil, Reply, RotateCcw, Trash2, X } from 'lucide-preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { trapFocus } from '../../a11y/focus-trap';
import { words } from '../../i18n/words';
import type { Item } from '../../store/api';
import { useConversationView, type MenuFor, type OwnAct } from '../conversation/conversation-view';
import { authorName } from '../conversation/texts';
import { linksOf } from '../pieces/rich-text';

const quickReactions = ['👍', '❤️', '👏', '😊', '💡', '🙏'];

/** What one can do with one message: beside it on a wide screen, from below on a phone. */
export function MessageMenu({ asked }: { asked: MenuFor }) {
  const view = useConversationView();
  const box = useRef<HTMLDivElement>(null);
  void view.conversation.log.version.value;
  const item = view.item(asked.key);
  const close = (): void => {
    view.menu.value = undefined;
  };

  // Before it is painted: a key pressed as soon as it is seen is for it.
  useLayoutEffect(() => {
    if (box.current === null) return undefined;
    placeBeside(box.current, asked.opener);
    return trapFocus(box.current, box.current.querySelector('button'), asked.opener);
  }, []);
  useEffect(() => {
    if (item === undefined || !view.hasMenu(item)) close();
  });
  if (item === undefined || !view.hasMenu(item)) return null;

  const says = view.says.value.actions;
  const isRemoved = item.removed !== undefined;
  return (
    <div
      class="menu-back"
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          close();
        } else moveByArrows(event, box.current);
      }}
    >
      <div class="menu-shade" onClick={close} />
      <div
        class="menu"
        role="dialog"
        aria-modal="true"
        aria-label={isRemoved ? view.says.value.message.more : item.mine ? says.titleOwn : says.title({ author: authorName(item) })}
        tabIndex={-1}
        ref={box}
      >
        {view.conversation.mayPost.value && item.id !== undefined && !isRemoved && <QuickReactions item={item} close={close} />}
        {isRemoved ? <OwnActs item={item} close={close} /> : <MenuActs item={item} close={close} />}
        <button type="button" class="menu-act not-laptop" onClick={close}>
          <X size={20} aria-hidden="true" />
          <span>{says.close}</span>
        </button>
      </div>
    </div>
  );
}

interface PartProps {
  item: Item;
  close(): void;
}

function QuickReactions({ item, close }: PartProps) {
  const { conversation } = useConversationView();
  const says = words.value.actions;
  return (
    <div class="menu-reactions" role="group" aria-label={says.react}>
      {quickReactions.map((emoji) => {
        const mine = item.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
        return (
          <button
            key={emoji}
            type="button"
            class={mine ? 'menu-reaction is-mine' : 'menu-reaction'}
            aria-label={mine ? says.unreactWith({ emoji }) : says.reactWith({ emoji })}
            onClick={() => {
              if (item.id !== undefined) conversation.react(item.id, emoji, !mine);
              close();
            }}
          >
            <span aria-hidden="true">{emoji}</span>
          </button>
        );
      })}
    </div>
  );
}

function MenuActs({ item, close }: PartProps) {
  const view = useConversationView();
  const { conversation } = view;
  const says = view.says.value;
  const after = (act: () => void) => (): void => {
    close();
    act();
  };
  const published = item.id !== undefined;
  const writes = conversation.mayPost.value && published;
  const stopped = item.intent?.state === 'failed' || item.intent?.state === 'aged' ? item.intent : undefined;
  return (
    <>
      {stopped !== undefined && (
        <>
          <Act icon={RotateCcw} words={says.message.retry} onPress={after(() => conversation.retry(stopped.key))} />
          <Act icon={Trash2} words={says.message.discard} onPress={after(() => view.discard(stopped.key))} />
        </>
      )}
      <OwnActs item={item} close={close} />
      {writes && <Act icon={Reply} words={says.actions.reply} onPress={after(() => view.reply(item))} />}
      {item.replyTo !== undefined && (
        <Act
          icon={MessageSquareQuote}
          words={says.message.goTo}
          onPress={after(() => {
            if (item.replyTo !== undefined) view.target.value = { id: item.replyTo.id, pos: item.replyTo.pos };
          })}
        />
      )}
      <Act icon={Copy} words={says.actions.copy} onPress={after(() => void view.copy(item))} />
      {linksOf(item.body ?? []).map(({ href, text }) => (
        <a key={href} class="menu-act" href={href} target="_blank" rel="noopener noreferrer nofollow" onClick={close}>
          <ExternalLink size={20} aria-hidden="true" />
          <span>{says.actions.open({ link: text === '' ? href : text })}</span>
        </a>
      ))}
      {conversation.mayEdit.value && published && item.mine && <Act icon={Pencil} words={says.actions.edit} onPress={after(() => view.edit(item))} />}
      {published && (item.mine || conversation.moderates.value) && (
        <Act
          icon={Trash2}
          words={says.actions.remove}
          danger
          onPress={after(() => {
            view.removing.value = item.key;
          })}
        />
      )}
    </>
  );
}

function OwnActs({ item, close }: PartProps) {
  const acts = useConversationView().ownActs(item).map(({ icon, words: label, danger = false, press }) => (
    <Act
      key={label}
      icon={icon}
      words={label}
      danger={danger}
      onPress={() => {
        close();
        press();
      }}
    />
  ));
  return <>{acts}</>;
}

interface ActProps {
  icon: OwnAct['icon'];
  words: string;
  danger?: boolean;
  onPress(): void;
}

function Act({ icon: Icon, words: label, danger = false, onPress }: ActProps) {
  return (
    <button type="button" class={danger ? 'menu-act is-danger' : 'menu-act'} onClick={onPress}>
      <Icon size={20} aria-hidden="true" />
      <span>{label}</span>
    </button>
  );
}

const gap = 6;

/** Under the message, or above where there is no room; on a phone the style sheet puts it at the bottom. */
function placeBeside(box: HTMLElement, opener: HTMLElement): void {
  if (!matchMedia('(min-width: 40.0625em)').matches) return;
  const line = (opener.querySelector('.message-line') ?? opener).getBoundingClientRect();
  const bubble = (opener.querySelector('.bubble') ?? opener).getBoundingClientRect();
  const below = line.bottom + gap;
  const fits = below + box.offsetHeight < innerHeight;
  const top = Math.max(gap, fits ? below : Math.min(line.top - gap, innerHeight) - box.offsetHeight);
  const left = Math.max(gap, Math.min(bubble.left, innerWidth - box.offsetWidth - gap));
  box.style.top = `${top}px`;
  box.style.left = `${left}px`;
}

function moveByArrows(event: KeyboardEvent, box: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step === undefined || box === null) return;
  event.preventDefault();
  const stops = [...box.querySelectorAll<HTMLElement>('button, a')].filter((stop) => stop.getClientRects().length > 0);
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[(at + step + stops.length) % stops.length]?.focus();
}

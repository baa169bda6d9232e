// @vitest-environment jsdom
import { render, type JSX } from 'preact';
import { act } from 'preact/test-utils';
import { expect, it } from 'vitest';

import { setLanguage } from '../../i18n/words';
import { lazyScreen } from './lazy-screen';

it('says where its program does not come, and nothing where it may be absent', async () => {
  await setLanguage('en');
  const load = (): Promise<() => JSX.Element> => Promise.reject(new Error('no line'));
  const Whole = lazyScreen(load);
  const Part = lazyScreen(load, { mayBeAbsent: true });
  const root = document.createElement('div');
  const draw = (screen: JSX.Element): Promise<void> =>
    act(async () => {
      render(screen, root);
      // Its program is asked for when it is drawn, and refused.
      await new Promise((resolve) => setImmediate(resolve));
    });
  await draw(<Whole />);
  await draw(<Whole />);
  expect(root.querySelector('button')).not.toBeNull();
  await draw(<Part />);
  await draw(<Part />);
  expect(root.textContent).toBe('');
  render(null, root);
});

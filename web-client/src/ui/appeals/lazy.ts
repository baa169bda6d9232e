// The screens of appeals, fetched with their words when somebody's text was taken or somebody asks for a second look.

import { sayLater } from '../../i18n/words';
import { lazyScreen } from '../pieces/lazy-screen';

const aboutAppeals = async () => {
  const [file] = await Promise.all([import('./all'), sayLater('appeals')]);
  return file;
};

export const ReturnedTexts = lazyScreen(() => aboutAppeals().then((file) => file.ReturnedTexts));
export const SecondLook = lazyScreen(() => aboutAppeals().then((file) => file.SecondLook));
export const AppealsBand = lazyScreen(() => aboutAppeals().then((file) => file.AppealsBand));
export const AppealsDialog = lazyScreen(() => aboutAppeals().then((file) => file.AppealsDialog));

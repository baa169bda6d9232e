export { AppealsBand } from './appeals-band';
export { AppealsDialog } from './appeals-dialog';
export { ReturnedTexts } from './returned-texts';
export { SecondLook } from './second-look';

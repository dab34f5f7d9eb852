// Opens the built-in gazetteer, answers one question, ends: what a program pays that uses the engine as a library.
import { localDetector } from '../../../dist/detector/local.js';
import { builtinGazetteerFile } from '../../../dist/gazetteer/builtin-file.js';
import { openGazetteer } from '../../../dist/gazetteer/sqlite-gazetteer.js';

const address = 'Lenina 21, 2 Blagoveschensk';
const query = { postcode: '675000', address, codRub: 0, countryCode: 'ru', fiasOnly: false };
const [answer] = localDetector(openGazetteer(builtinGazetteerFile())).recall([query]);
if (answer?.detection.status_code !== 'OK') throw new Error('the first answer is not OK');

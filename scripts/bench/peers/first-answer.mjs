// Opens the built-in gazetteer, answers one question, ends: what a program pays that uses the engine as a library.
import { createDetector } from '../../../dist/index.js';

const address = 'Lenina 21, 2 Blagoveschensk';
const query = { postcode: '675000', address, codRub: 0, countryCode: 'ru', fiasOnly: false };
const detector = await createDetector({ detector: 'local' });
const [answer] = detector.recall([query]);
await detector.close();
if (answer?.detection.status_code !== 'OK') throw new Error('the first answer is not OK');

import { type FaultCode, faults, fillFault } from '#domain';
import { faults as es } from './es/faults.js';

it('what is wrong with a field is said in Spanish with no value that English does not bring along', () => {
  const valuesIn = (sentence: string): string[] => sentence.match(/\$[a-z]+/g) ?? [];
  for (const code of Object.keys(faults) as FaultCode[]) {
    const brought = valuesIn(faults[code]);
    expect([code, valuesIn(es[code]).filter((value) => !brought.includes(value))]).toEqual([code, []]);
  }
});

it('a value is put in its place, as it is', () => {
  expect(fillFault(es.taken, { free: 'soc-$2' })).toBe('Ya está ocupada; “soc-$2” está libre.');
  expect(fillFault(es.sms_hours, { at: '07:00', from: '08:00', to: '10:00' })).toBe(
    'No puede ser “07:00”; elige una hora de 08:00 a 10:00.',
  );
});

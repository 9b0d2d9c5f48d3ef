import { isZone } from '../schedule/zone.js';
import { areaZoneOf } from './area.js';
import { placeOf, smsWindowOf } from './place.js';
import { parseZip, states } from './zip.js';
import { prefixStates } from './zipTables.js';

describe('a ZIP', () => {
  it.each([
    ['10001', 'NY', 'America/New_York'],
    ['10001-1234', 'NY', 'America/New_York'],
    [' 85001 ', 'AZ', 'America/Phoenix'],
    ['86503', 'AZ', 'America/Denver'], // Chinle, Navajo Nation
    ['86039', 'AZ', 'America/Phoenix'], // Kykotsmovi, a Hopi village inside it
    ['85901', 'AZ', 'America/Phoenix'],
    ['46534', 'IN', 'America/Indiana/Knox'],
    ['46402', 'IN', 'America/Chicago'], // Gary
    ['47708', 'IN', 'America/Chicago'], // Evansville
    ['42101', 'KY', 'America/Chicago'], // Bowling Green
    ['40202', 'KY', 'America/Kentucky/Louisville'],
    ['37402', 'TN', 'America/New_York'], // Chattanooga
    ['37203', 'TN', 'America/Chicago'],
    ['32501', 'FL', 'America/Chicago'], // Pensacola
    ['79901', 'TX', 'America/Denver'], // El Paso
    ['97914', 'OR', 'America/Boise'], // Ontario
    ['58554', 'ND', 'America/North_Dakota/New_Salem'],
    ['99546', 'AK', 'America/Adak'],
    ['96801', 'HI', 'Pacific/Honolulu'],
    ['96910', 'GU', 'Pacific/Guam'],
    ['96950', 'MP', 'Pacific/Saipan'],
    ['96799', 'AS', 'Pacific/Pago_Pago'],
    ['00901', 'PR', 'America/Puerto_Rico'],
    ['00801', 'VI', 'America/St_Thomas'],
    ['06390', 'NY', 'America/New_York'], // Fishers Island
  ])('%s is in %s, %s', (text, state, zone) => expect(parseZip(text)).toMatchObject({ state, zone }));

  it('is refused when it is none', () => {
    for (const text of ['', '1234', '123456', '00000', 'ABCDE', '１０００１']) {
      expect(parseZip(text)).toEqual({ problem: 'invalid' });
    }
    expect(parseZip('09001')).toEqual({ problem: 'military' });
  });

  it('has a zone for every prefix, known to this machine', () => {
    for (const [prefix, state] of prefixStates) {
      if (['AA', 'AE', 'AP'].includes(state)) continue;
      const place = parseZip(`${prefix}99`);
      expect('zone' in place && isZone(place.zone) ? prefix : place).toBe(prefix);
    }
  });
});

it('knows every state and territory', () => {
  expect(states).toHaveLength(59);
  expect(states).toEqual(
    expect.arrayContaining(['AL', 'AS', 'DC', 'GU', 'MP', 'NY', 'PR', 'TX', 'VI', 'WY']),
  );
  for (const none of ['ZZ', 'AE', 'tx', 'Texas']) expect(states).not.toContain(none);
});

it('finds the zone of an area code', () => {
  expect(areaZoneOf('+12125550142')).toBe('America/New_York');
  expect(areaZoneOf('+16025550142')).toBe('America/Phoenix');
  expect(areaZoneOf('+16714728931')).toBe('Pacific/Guam');
  expect(areaZoneOf('+18005551212')).toBeNull();
  expect(areaZoneOf('+525512345678')).toBeNull();
});

describe('a place', () => {
  const coalitionZone = 'America/New_York';

  it('comes from the ZIP, else from the choice, else from the coalition', () => {
    expect(placeOf({ zip: '85001', zone: 'Pacific/Guam', coalitionZone })).toEqual({
      zone: 'America/Phoenix',
      state: 'AZ',
      source: 'zip',
    });
    expect(placeOf({ zip: '00000', zone: 'Pacific/Guam', coalitionZone })).toEqual({
      zone: 'Pacific/Guam',
      state: null,
      source: 'chosen',
    });
    expect(placeOf({ zone: 'Nowhere', coalitionZone })).toEqual({
      zone: coalitionZone,
      state: null,
      source: 'coalition',
    });
  });

  it('decides which rows apply to texts', () => {
    const phone = '+13125550142';
    expect(smsWindowOf({ place: placeOf({ zip: '85001', coalitionZone }), phone })).toBe('AZ');
    expect(smsWindowOf({ place: placeOf({ zone: 'Pacific/Guam', coalitionZone }), phone })).toBe(
      'strict+America/Chicago',
    );
    const elsewhere = '+18005551212'; // an area code that lies nowhere
    expect(smsWindowOf({ place: placeOf({ zone: 'Pacific/Guam', coalitionZone }), phone: elsewhere })).toBe(
      'strict+Pacific/Guam',
    );
    expect(smsWindowOf({ place: placeOf({ coalitionZone }), phone: elsewhere })).toBe('*');
    expect(smsWindowOf({ place: placeOf({ coalitionZone }), phone: null })).toBe('*');
  });
});

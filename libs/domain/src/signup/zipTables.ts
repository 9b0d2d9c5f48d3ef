/** First three digits of a ZIP → state: ranges as the Postal Service assigns them (Publication 65's list of prefixes). */
const ranges =
  'NY 005-005, PR 006-007, VI 008-008, PR 009-009, MA 010-027, RI 028-029, NH 030-038, ME 039-049, VT 050-054, MA 055-055, ' +
  'VT 056-059, CT 060-069, NJ 070-089, AE 090-098, NY 100-149, PA 150-196, DE 197-199, DC 200-200, VA 201-201, DC 202-205, ' +
  'MD 206-212, MD 214-219, VA 220-246, WV 247-268, NC 270-289, SC 290-299, GA 300-319, FL 320-339, AA 340-340, FL 341-342, ' +
  'FL 344-344, FL 346-347, FL 349-349, AL 350-352, AL 354-369, TN 370-385, MS 386-397, GA 398-399, KY 400-418, KY 420-427, ' +
  'OH 430-459, IN 460-479, MI 480-499, IA 500-516, IA 520-528, WI 530-532, WI 534-535, WI 537-549, MN 550-551, MN 553-567, ' +
  'DC 569-569, SD 570-577, ND 580-588, MT 590-599, IL 600-620, IL 622-629, MO 630-631, MO 633-641, MO 644-658, KS 660-662, ' +
  'KS 664-679, NE 680-681, NE 683-693, LA 700-701, LA 703-708, LA 710-714, AR 716-729, OK 730-731, TX 733-733, OK 734-741, ' +
  'OK 743-749, TX 750-770, TX 772-799, CO 800-816, WY 820-831, ID 832-838, UT 840-847, AZ 850-853, AZ 855-857, AZ 859-860, ' +
  'AZ 863-865, NM 870-871, NM 873-884, TX 885-885, NV 889-891, NV 893-895, NV 897-898, CA 900-908, CA 910-928, CA 930-961, ' +
  'AP 962-966, HI 967-968, GU 969-969, OR 970-979, WA 980-986, WA 988-994, AK 995-999';

export const prefixStates: ReadonlyMap<string, string> = new Map(
  ranges.split(', ').flatMap((range) => {
    const [state = '', from = '', to = ''] = range.split(/[ -]/);
    return Array.from(
      { length: Number(to) - Number(from) + 1 },
      (_, step) => [String(Number(from) + step).padStart(3, '0'), state] as const,
    );
  }),
);

const listed = (lists: Record<string, string>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(lists).flatMap(([value, zips]) => zips.split(' ').map((zip) => [zip, value] as const)),
  );

/** ZIPs that lie in another state than their prefix says. */
export const zipStates = listed({
  NY: '06390', // Fishers Island
  MD: '20588',
  VA: '20598',
  TX: '73960',
  WY: '83414', // Alta
  AS: '96799',
  FM: '96941 96942 96943 96944',
  MP: '96950 96951 96952',
  PW: '96939 96940',
  MH: '96960 96970',
});

/**
 * Zones that the table lacks or has wrong, by ZIP or by its first three digits (a ZIP goes before its prefix). The counties are those of 49 CFR
 * part 71; which ZIPs lie in them was checked against a map of zones.
 */
export const zipZones = listed({
  'America/Puerto_Rico': '006 007 009',
  'America/St_Thomas': '008',
  'Pacific/Guam': '969',
  'Pacific/Saipan': '96950 96951 96952',
  'Pacific/Pago_Pago': '96799',
  'Pacific/Palau': '96939 96940',
  'Pacific/Chuuk': '96942 96943',
  'Pacific/Pohnpei': '96941',
  'Pacific/Kosrae': '96944',
  'Pacific/Majuro': '96960',
  'Pacific/Kwajalein': '96970',
  'America/Adak': '99546 99547', // Adak and Atka, west of 169°30′ W
  'America/Metlakatla': '99926',
  // Arizona keeps standard time all year, the Hopi villages too; the Navajo Nation changes its clocks.
  'America/Phoenix': '850 851 852 853 855 856 857 859 860 863 864',
  'America/Denver':
    '865 86016 86020 86033 86035 86044 86045 86053 86054 ' + // Navajo Nation
    '79847 89883', // Salt Flat, West Wendover
  'America/Chicago':
    '463 464 476 477 47523 47531 47536 47537 47550 47552 47556 47577 47579 ' + // Indiana's north-west and south-west
    '47922 47943 47948 47951 47963 47964 47977 47978 ' +
    '420 421 422 423 424 40111 40115 40119 40140 40143 40144 40145 40146 40152 40153 40161 40170 40171 40176 40178 ' + // western Kentucky
    '42602 42603 42629 42642 42711 42712 42713 42715 42717 42720 42721 42722 42726 42728 42729 42731 42741 42742 42743 ' +
    '42746 42749 42753 42754 42755 42759 42762 42765 42782 ' +
    '57555 57560 57562 57563 57566 57570 57572 57579 57585', // Jones, Mellette and Todd counties, South Dakota
  'America/Indiana/Knox': '46366 46374 46531 46532 46534 46968',
  'America/Indiana/Indianapolis': '46552',
  'America/North_Dakota/New_Salem': '58554 58566 58638',
  'America/North_Dakota/Beulah': '58523 58541 58545 58571 58580',
  'America/Boise': '83549 97901 97902 97903 97906 97908 97909 97910 97911 97913 97914 97917 97918 97920', // Malheur County, Oregon
});

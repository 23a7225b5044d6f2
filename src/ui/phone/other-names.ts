import { ownNames } from "virtual:own-names";

/*
 * What people call countries besides the name that the platform shows: other English names, parts of a country that stand
 * for it, the three letters of ISO 3166-1, and the country's name in its own language. They are a fifth of the phone screen,
 * and are fetched when somebody turns to the country.
 */

/** Names people type that neither CLDR nor ISO gives, without accents, between bars. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  AE: "uae|emirates",
  AT: "oesterreich",
  BA: "bosnia and hercegovina",
  BE: "belgique|belgien",
  BN: "brunei darussalam",
  BO: "plurinational state of bolivia",
  BQ: "bonaire|saba|sint eustatius",
  BY: "byelorussia|white russia",
  CD: "drc|dr congo|democratic republic of the congo|zaire|congo kinshasa",
  CG: "republic of the congo|congo brazzaville",
  CH: "suisse|svizzera|swiss",
  CI: "ivory coast|cote divoire",
  CN: "prc|peoples republic of china|mainland china|zhongguo",
  CV: "cabo verde|cape verde",
  CZ: "czech republic|czechia",
  EG: "misr",
  ES: "canary islands|balearic islands",
  FK: "malvinas",
  FM: "federated states of micronesia",
  GB: "uk|england|great britain|britain|scotland|wales|northern ireland",
  GF: "guyane",
  GR: "hellas",
  HK: "hong kong|hongkong",
  IE: "republic of ireland|eire",
  IN: "bharat",
  IR: "persia|islamic republic of iran",
  JP: "nippon|nihon",
  KN: "saint kitts and nevis|nevis",
  KP: "dprk",
  KR: "rok|republic of korea|hanguk",
  LA: "lao pdr",
  LK: "ceylon",
  LU: "letzebuerg",
  MD: "republic of moldova|moldavia",
  MF: "saint martin",
  MK: "macedonia|fyrom",
  MM: "burma|myanmar",
  MO: "macau|macao",
  NL: "holland",
  NZ: "aotearoa",
  PF: "tahiti",
  PG: "png",
  PS: "palestine|west bank|gaza",
  PT: "azores|madeira",
  RU: "russian federation|russia",
  SA: "ksa",
  SJ: "spitsbergen",
  ST: "sao tome",
  SX: "saint maarten",
  SY: "syrian arab republic|syria",
  SZ: "swaziland",
  TH: "siam",
  TL: "east timor",
  TR: "turkey",
  TW: "formosa|republic of china",
  TZ: "zanzibar|tanganyika",
  US: "usa|america|united states of america|states",
  VA: "holy see|vatican city state|vatican",
  VC: "saint vincent",
  VG: "bvi",
  VI: "usvi|us virgin islands",
  VN: "viet nam",
  WS: "western samoa",
  ZA: "rsa|suid afrika|suedafrika",
  ZW: "rhodesia",
};

/** The three letters of ISO 3166-1 that begin with the two, else both one after the other: `DEU`, but `ATAUT`. */
const ALPHA_3 =
  "ADAND AEARE AFG AGATG AIA ALB AMARM AOAGO ARG ASM ATAUT AUS AWABW AXALA AZE BABIH BBBRB BDBGD BEL BFA BGR BHR " +
  "BIBDI BJBEN BLM BMU BNBRN BOL BQBES BRA BSBHS BTN BWA BYBLR BZBLZ CAN CCK CDCOD CFCAF CGCOG CHE CIV CKCOK " +
  "CLCHL CMR CNCHN COL CRI CUB CVCPV CWCUW CXR CYP CZE DEU DJI DKDNK DMA DOM DZA ECU EEEST EGY EHESH ERI ESP ETH " +
  "FIN FJI FKFLK FMFSM FOFRO FRA GAB GBR GDGRD GEO GFGUF GGY GHA GIB GLGRL GMB GNGIN GPGLP GQGNQ GRC GTM GUM " +
  "GWGNB GYGUY HKG HND HRV HTI HUN IDN IEIRL ILISR IMN IND IOT IQIRQ IRN ISL ITA JEY JMJAM JOR JPN KEN KGZ KHM " +
  "KIR KMCOM KNA KPPRK KRKOR KWT KYCYM KZKAZ LAO LBN LCA LIE LKA LRLBR LSO LTU LUX LVA LYLBY MAR MCO MDA MEMNE " +
  "MFMAF MGMDG MHL MKD MLI MMR MNG MOMAC MPMNP MQMTQ MRT MSR MTMLT MUS MVMDV MWI MXMEX MYS MZMOZ NAM NCL NER NFK " +
  "NGA NIC NLD NOR NPL NRU NUNIU NZL OMN PAN PER PFPYF PGPNG PHL PKPAK PLPOL PMSPM PRI PSE PTPRT PWPLW PYPRY QAT " +
  "REU ROU RSSRB RUS RWA SAU SBSLB SCSYC SDN SESWE SGP SHN SISVN SJM SKSVK SLE SMR SNSEN SOM SRSUR SSD STP SVSLV " +
  "SXM SYR SZSWZ TCA TDTCD TGO THA TJK TKL TLS TMTKM TNTUN TON TRTUR TTO TVTUV TWN TZA UAUKR UGA USA UYURY UZB " +
  "VAT VCT VEN VGB VIR VNM VUT WFWLF WSM YEM YTMYT ZAF ZMB ZWE";

const alpha3 = new Map(ALPHA_3.split(" ").map((entry) => [entry.slice(0, 2), entry.slice(-3).toLowerCase()]));

/** Returns the other names of a region, in small letters without accents. */
export function otherNamesOf(region: string): readonly string[] {
  const letters = alpha3.get(region);
  return [...(letters ? [letters] : []), ...(ALSO_CALLED[region]?.split("|") ?? [])];
}

const own = new Map(ownNames.split("|").map((entry) => [entry.slice(0, 2), entry.slice(2)]));

/** Returns what a region calls itself in its likely language; empty where that is English. */
export function ownNameOf(region: string): string {
  return own.get(region) ?? "";
}

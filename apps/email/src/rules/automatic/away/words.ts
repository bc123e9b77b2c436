/**
 * The words around dates in notes of absence: English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish,
 * Danish, Norwegian, Finnish, Polish, Czech, Slovak, Slovene, Croatian, Hungarian, Romanian, Catalan, Greek, Russian,
 * Ukrainian, Bulgarian, Estonian, Lithuanian, Latvian, Turkish, Indonesian, Vietnamese, Arabic, Hebrew. All languages
 * together: notes are often written in two. Where one word is two months, as `listopada`, the larger language has it.
 */

/** Index is the month less one. */
const MONTHS: readonly string[] = [
  'january jan januar jänner januari janvier janv enero ene janeiro gennaio gen stycznia styczeń ledna leden ocak tammikuu januára januarja január siječnja ianuarie gener ιανουαρίου января січня януари jaanuar jaanuari sausio janvāra janvārim يناير',
  'february feb februar februari février fevrier févr fevr febrero fevereiro fev febbraio febr lutego luty února únor şubat helmikuu februára februarja február veljače februarie febrer φεβρουαρίου февраля лютого февруари veebruar veebruari vasario februāra februārim فبراير',
  'march mar märz maerz mrz maart mrt mars marzo março marts marca marzec března březen mart maaliskuu március ožujka martie març μαρτίου марта березня март märts märtsi kovo marta martam maret مارس',
  'april apr avril avr abril abr aprile kwietnia kwiecień dubna duben nisan huhtikuu apríla aprila április travnja aprilie aprilli απριλίου апреля квітня април aprill balandžio aprīļa aprīlim أبريل',
  'may mai mei mayo maio maggio mag maj maja května květen mayıs toukokuu mája május svibnja maig μαΐου мая травня май gegužės maija maijam مايو',
  'june jun juni juin junio junho giugno giu czerwca czerwiec června červen haziran kesäkuu júna junija június lipnja iunie juny ιουνίου июня червня юни juuni birželio jūnija jūnijam يونيو',
  'july jul juli juillet juil julio julho luglio lug lipca lipiec července červenec temmuz heinäkuu júla julija július srpnja iulie juliol ιουλίου июля липня юли juuli liepos jūlija jūlijam يوليو',
  'august aug augustus août aout agosto ago augusti sierpnia sierpień srpna srpen ağustos elokuu augusta avgusta augusztus kolovoza agost αυγούστου августа серпня август rugpjūčio augustam agustus أغسطس',
  'september sep sept septembre septiembre setembro settembre set września wrzesień září zari eylül syyskuu septembra szeptember rujna septembrie septembri setembre σεπτεμβρίου сентября вересня септември rugsėjo septembrim سبتمبر',
  'october oct oktober okt octobre octubre outubro ottobre ott października październik října říjen ekim lokakuu októbra oktobra október octombrie οκτωβρίου октября жовтня октомври oktoober oktoobri spalio oktobrim أكتوبر',
  'november nov novembre noviembre novembro listopada listopad listopadu kasım marraskuu novembra noiembrie novembri studenoga studenog νοεμβρίου ноября листопада ноември lapkričio novembrim نوفمبر',
  'december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre desember des grudnia grudzień prosince prosinec aralık joulukuu decembra decembrie desembre δεκεμβρίου декабря грудня декември detsember detsembri gruodžio decembrim ديسمبر',
];

/** Index is the day of the week, Sunday first, as `Date.getUTCDay` counts. */
const WEEKDAYS: readonly string[] = [
  'sunday sun sonntag so dimanche domingo domenica zondag söndag søndag sunnuntai niedzieli niedziela neděle neděli pazar',
  'monday mon montag lundi lunes lunedì lunedi maandag måndag mandag maanantai poniedziałek poniedziałku pondělí pazartesi',
  'tuesday tue tues dienstag mardi martes martedì martedi dinsdag tisdag tirsdag tiistai wtorek wtorku úterý salı',
  'wednesday wed mittwoch mercredi miércoles miercoles mercoledì mercoledi woensdag onsdag keskiviikko środa środy středa středy çarşamba',
  'thursday thu thurs thur donnerstag jeudi jueves giovedì giovedi donderdag torsdag torstai czwartek czwartku čtvrtek čtvrtka perşembe',
  'friday fri freitag vendredi viernes venerdì venerdi vrijdag fredag perjantai piątek piątku pátek pátku cuma',
  'saturday sat samstag sonnabend samedi sábado sabado sabato zaterdag lördag lørdag lauantai sobota soboty cumartesi',
];

function numbered(lines: readonly string[], first: number): ReadonlyMap<string, number> {
  return new Map(lines.flatMap((line, index) => line.split(' ').map((word) => [word, index + first] as const)));
}

const MONTH_OF = numbered(MONTHS, 1);
const WEEKDAY_OF = numbered(WEEKDAYS, 0);

/** Month of a word in any of its forms, 1 to 12; null for other words. Turkish, Finnish, Estonian add endings. */
export function monthOf(word: string): number | null {
  const [stem = word, rest] = word.split("'", 2);
  const stripped = word.replace(/kuu(ta|n|ssa)$/, 'kuu').replace(/ni$/, '');
  return MONTH_OF.get(word) ?? MONTH_OF.get(stem) ?? MONTH_OF.get(rest ?? '') ?? MONTH_OF.get(stripped) ?? null;
}

/** Day of the week of a word, Sunday is 0; null for other words. */
export function weekdayOf(word: string): number | null {
  return WEEKDAY_OF.get(word) ?? WEEKDAY_OF.get(word.replace(/(na|sta|ta)$/, '')) ?? null;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Before the last day. */
export const UNTIL = words(
  "until till til 'til through thru bis jusqu'au jusqu'à jusqu'a jusque hasta até fino tot tem tom indtil do până pana до έως μέχρι ως fins kuni iki līdz sampai hingga đến حتى עד",
);
/** Before the first day back. */
export const BACK = words(
  'back return returning returns returned again zurück zurueck wieder rückkehr retour reviens reviendrai rentre rentrerai vuelvo volveré volvere regreso regresaré regresando vuelta regresso regressarei regressando volto voltarei voltando retorno retornarei retomarei reincorporo reincorporaré torno tornerò rientro rientrerò rientrando ritorno ritornerò nuovo terug weer tillbaka åter återkommer tilbage igen tilbake igjen palaan takaisin wracam wrócę powrót powrotu ponownie zpět vrátím vracím návrat opět döneceğim dönüyorum dönüş späť vraćam povratak vrnem vračam revin revenire întorc tornaré επιστρέφω επιστρέψω вернусь возвращаюсь снова повернусь повернуся повертаюся връщам tagasi grįšiu atgriezīšos kembali',
);
/** Before the first day of absence, also where no last one follows. */
export const SINCE = words(
  'starting beginning ab desde partir vanaf från od as onwards alkaen lähtien itibaren tól től',
);
/** Before the first day where a last one follows; alone they tell of anything, such as of a mail of that day. */
export const FROM = words(
  'from between since vom von seit zwischen du depuis dès entre del de do da dal van tussen fra mellan mellem din с со з із від от από nuo dari từ من',
);
/** Between the first day and the last. */
export const TO = words(
  "to - – — − until till til through thru and bis und au à a al ao até y e et en hasta fino tot tem tom och og do ile jusqu'au până по до έως μέχρι ως fins kuni iki līdz sampai hingga đến إلى حتى עד 至 到 から ~ 〜 ～ tól től",
);
/** After the last day. */
export const UNTIL_AFTER = words('asti saakka kadar dek ig');

/** Words that may stand beside those above without changing what they say. */
export const FILLERS = words(
  '. , : ( ) / the on of and including inclusive incl zum zur am den dem der einschließlich einschliesslich inklusive inkl le la el il lo al au dia día day em no na op om med met m t s o och den d dn dnia compris inclus incluido inclusive compreso compresa incluso samt tarihine tarihinden tarihi în τις στις την τη και hết ngày tanggal',
);

const ENGLISH = words('the and will be am of my out office have with any your for is return until');

/** Whether a text is English, as far as its small words tell. */
export function isEnglish(tokens: readonly { readonly text: string }[]): boolean {
  return new Set(tokens.map(({ text }) => text).filter((text) => ENGLISH.has(text))).size >= 3;
}

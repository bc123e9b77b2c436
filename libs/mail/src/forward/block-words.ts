/**
 * The words by which mail programs mark what they quote or forward, in lower case. They are looked up as whole lines and
 * whole labels, so that the cost stays linear; a language that is missing here is still read by the shape of its block.
 */

/** Fields of the block that stands above a forwarded or quoted mail. */
export type BlockField = 'from' | 'to' | 'cc' | 'reply_to' | 'date' | 'subject' | 'more';

const LABELS: Readonly<Record<BlockField, string>> = {
  from: `from|od|fra|von|de|lähettäjä|šalje|feladó|da|mittente|van|nadawca|expeditorul|expeditor|de la|отправитель|от|от кого
    |från|kimden|gönderen|від кого|від|відправник|saatja|差出人|送信元|送信者|από|发件人|發件人|寄件者|寄件人|보낸 사람|보낸사람|من|المرسل
    |מאת|pošiljatelj|nuo|từ|จาก|dari|frá|remetente|remitente|expéditeur|afzender|absender|avsender|afsender|отправитель письма`,
  to: `to|komu|til|an|para|vastaanottaja|à|a|prima|za|címzett|aan|do|destinatarul|către|кому|pre|till|kime|alıcı|pour|adresat
    |destinatario|destinatário|destinataire|empfänger|ontvanger|modtager|mottaker|mottagare|saaja|宛先|送信先|προς|收件人|收件者
    |받는 사람|받는사람|إلى|אל|до|kam|đến|tới|ถึง|kepada|per a`,
  cc: `cc|bcc|kopie|kopio|másolat|másolatot kap|kopi|dw|копия|копие|kopia|bilgi|копія|kópia|kopie (cc)|copie à|kopija|copia
    |cópia|coapte|κοιν|κοιν.|抄送|副本|참조|نسخة|עותק|koopia|cc (kopie)`,
  reply_to: `reply-to|reply to|odgovori na|odpověď na|odpovědět|svar til|svar-til|antwoord aan|antwoord-aan|vastaus|vastausosoite
    |répondre à|antwort an|antwort-an|válaszcím|rispondi a|odpowiedź-do|odpowiedz do|responder a|responder para|răspuns către
    |răspunde la|ответ-кому|кому отвечать|odpovedať-pre|odpovedať komu|svara till|yanıt adresi|кому відповісти|返信先
    |απάντηση προς|回复|回覆至|답장 받는 사람`,
  date: `date|sent|datum|dato|envoyé|envoyé le|fecha|päivämäärä|päiväys|dátum|data|dată|дата|tarih|sent on|gesendet|sendt
    |enviado|enviado el|enviado em|enviada|enviada em|enviada el|lähetetty|elküldve|inviato|verzonden|wysłano|wysłane|trimis
    |отправлено|odoslané|odesláno|skickat|gönderilen|gönderildi|gönderme tarihi|відправлено|надіслано|poslano|日付|日時|送信日時
    |kuupäev|saadetud|στάλθηκε|ημερομηνία|发送时间|发送日期|日期|時間|时间|傳送日期|보낸 날짜|날짜|보냄|تاريخ الإرسال|تم الإرسال|التاريخ
    |נשלח|תאריך|изпратено|išsiųsta|nosūtīts|đã gửi|ngày|ส่ง|วันที่|dikirim|tanggal|enviat|data invio`,
  subject: `subject|předmět|emne|betreff|asunto|aihe|objet|predmet|tárgy|oggetto|onderwerp|temat|assunto|subiectul|subiect|тема
    |ämne|konu|sujet|naslov|件名|teema|θέμα|主题|主旨|主題|제목|الموضوع|נושא|относно|zadeva|tema|temats|chủ đề|เรื่อง|subjek|efni
    |assumpte`,
  // What Outlook writes below the subject of some mails.
  more: `importance|sensitivity|attachments|categories|wichtigkeit|vertraulichkeit|priorität|anlagen|pièces jointes
    |importancia|confidencialidad|datos adjuntos|importanza|priorità|riservatezza|allegati|importância|confidencialidade|anexos
    |urgentie|gevoeligheid|bijlagen|ważność|załączniki|prioritet|bilagor|vedhæftede filer|vedlegg|liitteet|důležitost|přílohy
    |важность|вложения|重要度|添付ファイル|重要性|附件|중요도|첨부 파일`,
};

/** Latvian for `from`, and a number in English: it is the author's label only where an address follows. */
export const FROM_BESIDE_ADDRESS = 'no';

/** Lines that say, in so many words, that a mail is forwarded. */
const FORWARDED = `forwarded message|forwarded mail|forwarded email|begin forwarded message|start of forwarded message
  |začátek přeposílané zprávy|přeposlaná zpráva|start på videresendt besked|videresendt meddelelse|videresendt besked
  |anfang der weitergeleiteten nachricht|weitergeleitete nachricht|weitergeleitete e-mail|weitergeleitete mail
  |inicio del mensaje reenviado|mensaje reenviado|välitetty viesti alkaa|edelleenlähetetty viesti|välitetty viesti
  |välitetty viesti / fwd.msg|début du message réexpédié|début du message transféré|message transmis|message transféré
  |message réexpédié|započni proslijeđenu poruku|proslijeđena poruka|početak proslijeđene poruke|továbbított levél kezdete
  |továbbított üzenet|továbbított levél|inizio messaggio inoltrato|messaggio inoltrato|begin doorgestuurd bericht
  |doorgestuurd bericht|doorgestuurde e-mail|videresendt melding|start på videresendt melding
  |początek przekazywanej wiadomości|przekazana wiadomość|treść przekazanej wiadomości|wiadomość przesłana dalej
  |wiadomość przekazana dalej|início da mensagem reencaminhada|início da mensagem encaminhada|mensagem reencaminhada
  |mensagem encaminhada|începe mesajul redirecționat|mesaj redirecționat|mesaj redirecţionat|mesaj transmis
  |начало переадресованного сообщения|пересылаемое сообщение|перенаправленное сообщение|пересланное сообщение
  |начало пересылаемого сообщения|začiatok preposlanej správy|preposlaná správa|preposlaná správa --- forwarded message
  |vidarebefordrat mejl|vidarebefordrat meddelande|börjar vidarebefordrat mejl|vidarebefordrat brev|i̇leti başlangıcı
  |ileti başlangıcı|i̇letilmiş mesaj|iletilmiş mesaj|i̇letilen i̇leti|iletilen ileti|i̇letilen mesaj|iletilen mesaj
  |yönlendirilmiş ileti|yönlendirilmiş i̇leti|iletilen ileti başlangıcı|i̇letilen ileti başlangıcı|转发的消息
  |початок листа, що пересилається|перенаправлене повідомлення|переслане повідомлення
  |початок пересланого повідомлення|メッセージを転送|転送されたメッセージ|転送メッセージ|転送メール|edastatud kiri|edastatud sõnum
  |προωθημένο μήνυμα|αρχή προωθημένου μηνύματος|προώθηση μηνύματος|转发邮件信息|转发的邮件|已转发的邮件|轉寄郵件|轉寄的郵件|已轉寄的郵件
  |以下是转发的邮件|开始转发的邮件|開始轉寄郵件|转发邮件|전달된 메시지|전달된 메일|전달 메시지|다음은 전달된 메시지입니다|전달된 메시지 시작
  |رسالة معاد توجيهها|بداية الرسالة المعاد توجيهها|رسالة مُعاد توجيهها|الرسالة المعاد توجيهها|הודעה שהועברה|תחילת ההודעה שהועברה
  |препратено съобщение|posredovano sporočilo|persiųstas laiškas|pārsūtīts ziņojums|thư chuyển tiếp|tin nhắn được chuyển tiếp
  |pesan terusan|missatge reenviat|áframsent`;

/** Beginnings of such lines that go on with a name and a time: Notes and mutt. */
const FORWARDED_BY = `forwarded by |forwarded message from |weitergeleitet von |réexpédié par |transmis par |reenviado por |inoltrato da
  |doorgestuurd door |videresendt af |vidarebefordrat av |przesłane przez `;

/** Lines that stand above a quoted mail, in forwards and in answers alike. */
const ORIGINAL = `original message|original email|oprindelig besked|oprindelig meddelelse|message d'origine|message d’origine
  |message original|message initial|ursprüngliche nachricht|original-nachricht|originalnachricht|ursprüngliche mail|mensaje original
  |alkuperäinen viesti|messaggio originale|oorspronkelijk bericht|opprinnelig melding|wiadomość oryginalna|oryginalna wiadomość
  |mensagem original|mesaj original|mesajul original|исходное сообщение|пôvodná správa|pôvodná správa|původní zpráva
  |ursprungligt meddelande|originalmeddelande|orijinal mesaj|özgün ileti|оригінальне повідомлення|вихідне повідомлення|izvorna poruka
  |eredeti üzenet|元のメッセージ|オリジナルメッセージ|原始邮件|原始郵件|邮件原件|원본 메시지|원본 메일|original nachricht|αρχικό μήνυμα
  |الرسالة الأصلية|הודעה מקורית|algkiri`;

/** Beginnings of subjects by which programs say that a mail is forwarded. */
const FORWARD_PREFIXES = `fwd|fw|fwd-mail|forward|forwarded|wg|rv|tr|i|enc|pd|vs|vb|vl|videresend|videresendt|i̇lt|ilt|redir|redir.|doorst
  |reenv|rén|trans|tov|továbbítva|továbbítás|fs|πρθ|προωθ|пересл|переслать|переслано|转发|轉寄|轉發|전달|転送|إعادة توجيه|إعادة التوجيه|הועבר|μεταβίβαση`;

/** Beginnings of subjects by which programs say that a mail is an answer. */
const REPLY_PREFIXES = `re|aw|sv|antw|antwort|ref|rif|r|res|odp|ynt|yan|vá|ad|atb|回复|回覆|答复|答覆|返信|답장|회신|رد|תשובה|απ|σχετ|ответ|отв|відп`;

const words = (list: string): string[] => list.split('|').map((word) => word.trim().replace(/\s+/g, ' '));

/** Field by its label. */
export const FIELD_BY_LABEL: ReadonlyMap<string, BlockField> = new Map(
  Object.entries(LABELS).flatMap(([field, list]) => words(list).map((label) => [label, field as BlockField] as const)),
);
export const FORWARDED_LINES: ReadonlySet<string> = new Set(words(FORWARDED));
export const FORWARDED_BEGINNINGS: readonly string[] = FORWARDED_BY.split('|').map((words) => words.trimStart());
export const ORIGINAL_LINES: ReadonlySet<string> = new Set(words(ORIGINAL));
export const FORWARD_PREFIX: ReadonlySet<string> = new Set(words(FORWARD_PREFIXES));
export const REPLY_PREFIX: ReadonlySet<string> = new Set(words(REPLY_PREFIXES));

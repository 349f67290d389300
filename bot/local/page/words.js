/** The few words a phone itself says, in the phone's language, so that an Arabic phone looks Arabic. */

const ORDER = ["start", "message", "menu", "bot", "typing", "edited", "unblock"];

const PHONES = {
  en: "Start|Message|Menu|bot|typing…|edited|Unblock",
  it: "Avvia|Messaggio|Menu|bot|sta scrivendo…|modificato|Sblocca",
  fr: "Démarrer|Message|Menu|bot|écrit…|modifié|Débloquer",
  es: "Iniciar|Mensaje|Menú|bot|escribiendo…|editado|Desbloquear",
  pt: "Iniciar|Mensagem|Menu|bot|a escrever…|editada|Desbloquear",
  ro: "Start|Mesaj|Meniu|bot|scrie…|editat|Deblochează",
  sq: "Nis|Mesazh|Menu|bot|po shkruan…|ndryshuar|Zhblloko",
  uk: "Почати|Повідомлення|Меню|бот|друкує…|змінено|Розблокувати",
  ru: "Старт|Сообщение|Меню|бот|печатает…|изменено|Разблокировать",
  zh: "开始|消息|菜单|机器人|正在输入…|已编辑|取消屏蔽",
  ar: "ابدأ|رسالة|القائمة|بوت|يكتب…|معدّلة|إلغاء الحظر",
  ur: "شروع کریں|پیغام|مینو|بوٹ|لکھ رہا ہے…|ترمیم شدہ|ان بلاک کریں",
  bn: "শুরু করুন|বার্তা|মেনু|বট|লিখছে…|সম্পাদিত|আনব্লক করুন",
  pa: "ਸ਼ੁਰੂ ਕਰੋ|ਸੁਨੇਹਾ|ਮੀਨੂ|ਬੋਟ|ਲਿਖ ਰਿਹਾ ਹੈ…|ਸੋਧਿਆ|ਅਨਬਲੌਕ ਕਰੋ",
};

const RIGHT_TO_LEFT = new Set(["ar", "ur", "fa", "he", "ps", "sd", "ug", "yi", "dv", "ckb"]);

/** The languages a new phone is offered in, commonest first. */
export const PHONE_LANGUAGES = ["en", "it", "ar", "ur", "bn", "pa", "fr", "es", "pt", "ro", "sq", "uk", "ru", "zh-hans"];

function root(code) {
  return (code || "en").toLowerCase().split("-")[0];
}

/** What the phone says, in its own language, English where we do not know it. */
export function phoneWords(code) {
  const known = root(code) in PHONES ? root(code) : "en";
  const said = PHONES[known].split("|");
  return { code: known, ...Object.fromEntries(ORDER.map((name, at) => [name, said[at]])) };
}

/** "rtl" or "ltr", as the phone's whole screen is laid out. */
export function direction(code) {
  return RIGHT_TO_LEFT.has(root(code)) ? "rtl" : "ltr";
}

/** A language's English name, for the captions of this page. */
export function languageName(code) {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code || "en");
  } catch {
    return code; // A code the browser has never heard of is shown as it is.
  }
}

/** A language's own name, for who looks for theirs in a list. */
export function ownName(code) {
  return new Intl.DisplayNames([code], { type: "language" }).of(code);
}

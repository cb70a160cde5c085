/** Ordinary texts, and the encodings in which files with them are still around. */
export const ENCODED_TEXTS: readonly {
  readonly encoding: string;
  readonly text: string;
}[] = [
  { encoding: 'gb18030', text: '会议将于星期四上午十点半在三楼会议室举行，请准时参加。\n' },
  { encoding: 'gb18030', text: '名称,价格\n苹果,3.50\n香蕉,2.20\n' },
  { encoding: 'big5', text: '會議將於星期四上午十點半在三樓會議室舉行，請準時參加。\n' },
  { encoding: 'shift_jis', text: '会議は木曜日の午前十時半から三階の会議室で行います。\n' },
  { encoding: 'shift_jis', text: '品名,価格\nりんご,350\nバナナ,220\n' },
  { encoding: 'euc-jp', text: '会議は木曜日の午前十時半から三階の会議室で行います。\n' },
  { encoding: 'iso-2022-jp', text: '会議は木曜日の午前十時半から三階の会議室で行います。\n' },
  { encoding: 'euc-kr', text: '회의는 목요일 오전 열 시 반에 삼층 회의실에서 열립니다.\n' },
  { encoding: 'windows-1252', text: 'Grüße aus München – “schön” für 20 €\n' },
  { encoding: 'windows-1252', text: 'naïve café, déjà vu\n' },
  { encoding: 'windows-1252', text: 'name;preis\nBrötchen;3,50\nÄpfel;2,20\n' },
  { encoding: 'windows-1250', text: 'Příliš žluťoučký kůň úpěl ďábelské ódy.\n' },
  { encoding: 'windows-1251', text: 'Встреча переносится на четверг, в десять тридцать.\n' },
  // Begins like the sound format AAC.
  { encoding: 'windows-1251', text: 'яснее сказать нельзя: встреча переносится на четверг.\n' },
  { encoding: 'windows-1253', text: 'Η συνάντηση μεταφέρεται την Πέμπτη στις δέκα και μισή.\n' },
  {
    encoding: 'windows-1254',
    text: 'Toplantı perşembe günü saat on buçukta, çıktıları getirin.\n',
  },
  { encoding: 'windows-1255', text: 'הפגישה נדחתה ליום חמישי בשעה עשר וחצי\n' },
  { encoding: 'windows-1256', text: 'تم تأجيل الاجتماع إلى يوم الخميس الساعة العاشرة والنصف\n' },
  {
    encoding: 'windows-1257',
    text: 'Susitikimas perkeltas į ketvirtadienį, šiek tiek vėliau, žodžių.\n',
  },
  { encoding: 'windows-874', text: 'การประชุมเลื่อนไปเป็นวันพฤหัสบดี เวลาสิบโมงครึ่ง\n' },
  { encoding: 'iso-8859-2', text: 'Zażółć gęślą jaźń, proszę bardzo, cześć\n' },
  { encoding: 'iso-8859-5', text: 'Встреча переносится на четверг, в десять тридцать.\n' },
  { encoding: 'iso-8859-6', text: 'تم تأجيل الاجتماع إلى يوم الخميس الساعة العاشرة والنصف\n' },
  { encoding: 'iso-8859-7', text: 'Η συνάντηση μεταφέρεται την Πέμπτη στις δέκα και μισή.\n' },
  { encoding: 'koi8-r', text: 'Встреча переносится на четверг, в десять тридцать.\n' },
  { encoding: 'ibm866', text: 'Встреча переносится на четверг, в десять тридцать.\n' },
  { encoding: 'utf-16le', text: 'Hello world\nGrüße\n' },
  { encoding: 'utf-16be', text: 'Hello world\nGrüße\n' },
  { encoding: 'utf-16le', text: 'Встреча переносится\nна четверг\n' },
  { encoding: 'utf-16le', text: '你好，世界。\n会议将于星期四举行。\n' },
  { encoding: 'utf-16be', text: '你好，世界。\n会议将于星期四举行。\n' },
];

const words = (list: string) => new Set(list.trim().split(/\s+/));

/** Capitalised without being anybody's name: what starts sentences, days and months, languages, states, common proper nouns of the field. */
export const ordinaryWords = words(`
  a an the this that these those there here it its i im ive id we our us you your he his him she her they their them my mine
  and but or so if when while where what who why how because since although though as at by for from in into of on to with without
  after before during every each some many most all both no not yes also then now today still even only just one two three
  el la los las un una unos unas yo mi mis me nosotros nuestra nuestro nuestras nuestros tu su sus él ella ellos ellas lo le les se
  y o pero si cuando mientras donde que quien porque como aunque en de del al con sin por para desde hasta antes después durante
  cada algunos muchos muchas todos todas no sí también hoy ahora
  monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays
  january february march april may june july august september october november december
  english spanish american americans latino latina hispanic indigenous native black asian white african
  united states america federal government congress medicaid medicare standard occupational classification soc bureau labor statistics
  census register department docket veterans affairs administration association national international
  peer peers support specialist specialists community health worker workers recovery coach coaches counselor advocate
  christmas thanksgiving easter covid facebook zoom google god
  new york north south west carolina dakota washington virginia island puerto rico columbia district
  alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas
  kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire jersey
  mexico ohio oklahoma oregon pennsylvania rhode tennessee texas utah vermont wisconsin wyoming guam samoa
`);

/** Beside or in a name they make it a place's. */
export const placeWords = words(`
  county city town village street avenue road park hospital clinic center centre shelter church school college university house
  building jail prison station library
  condado ciudad calle avenida parque hospital clínica centro refugio iglesia escuela colegio universidad casa edificio cárcel prisión
`);

/** Before a name. */
export const titles = words(
  'mr mrs ms miss mx dr doctor nurse officer judge pastor father sister brother uncle aunt sr sra srta don doña señor señora tío tía named called llamado llamada llama',
);

/** Frequent in the United States, and no ordinary words besides; found without a capital too, as phones leave it out. */
export const givenNames = words(`
  james john robert michael david william richard joseph thomas charles christopher daniel matthew anthony donald steven andrew paul
  joshua kenneth kevin brian timothy ronald jason george edward jeffrey ryan jacob nicholas gary eric jonathan stephen larry justin
  scott brandon benjamin samuel gregory alexander patrick raymond dennis jerry tyler aaron henry douglas peter adam nathan zachary
  walter kyle harold carl jeremy keith roger gerald ethan arthur terry austin noah albert joe bryan
  mary patricia jennifer elizabeth barbara susan jessica karen sarah lisa nancy sandra betty ashley emily kimberly margaret donna
  michelle carol amanda melissa deborah stephanie rebecca laura sharon cynthia dorothy amy kathleen angela shirley emma brenda pamela
  nicole anna samantha katherine christine helen debra rachel carolyn janet maria catherine heather diane olivia julie ruth
  lauren kelly christina joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa sara janice ann kathryn
  abigail sophia frances jean alice judy isabella julia denise danielle marilyn beverly diana brittany kayla
  josé jose juan luis carlos jorge pedro manuel miguel francisco antonio alejandro rafael fernando ricardo eduardo javier sergio
  roberto raúl raul andrés andres diego mario pablo alberto enrique arturo óscar oscar héctor hector víctor victor
  maría ana carmen guadalupe juana verónica veronica elena leticia lucía lucia alejandra gabriela adriana patricia
  yolanda silvia claudia beatriz alicia isabel josefina marisol daniela valentina camila sofía sofia jasmine tiffany latoya jamal
  malik tyrone keisha
`);

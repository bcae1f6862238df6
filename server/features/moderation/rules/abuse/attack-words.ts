const set = (words: string) => new Set(words.split(/\s+/).filter(Boolean));

/** Slurs in the plain plural and singular; alone they prove nothing (reclaimed, quoted, another sense). */
export const slurs =
  'nigger niggers faggot faggots fag fags kike kikes chink chinks gook gooks spic spics wetback wetbacks tranny trannies paki pakis raghead ragheads towelhead towelheads sandnigger sandniggers coon coons dyke dykes retard retards jap japs beaner beaners shemale shemales mudslime mudslimes cripple cripples'.split(
    ' ',
  );
/** What else groups are called to their face; on its own it is mere rudeness. */
export const belittling = set('bitch bitches whore whores slut sluts cunt cunts hoe hoes skank skanks');

export const lessThanHuman = set(`scum vermin animal animals trash garbage filth filthy parasite parasites rat rats
  cockroach cockroaches roach roaches subhuman subhumans inferior disease diseases cancer plague pest pests pig pigs dog dogs
  savage savages monkey monkeys ape apes terrorist terrorists criminal criminals rapist rapists thief thieves murderers
  degenerate degenerates abomination abominations freak freaks worthless disgusting disgust vile evil stupid dumb idiots idiot
  morons moron retarded retards ugly dirty lazy useless pathetic repulsive revolting gross unnatural perverts pervert pedophiles
  pedophile leeches leech barbarians uncivilized uncivilised whores sluts bitches liars cheaters shit shits pieces insects
  bugs maggots slime demons monsters losers weak imbeciles brainless untrustworthy violent dangerous mistakes mistake`);
export const hating = set('hate despise loathe detest abhor hates');
export const violence =
  set(`kill murder shoot stab hang lynch burn gas exterminate eradicate annihilate slaughter behead execute
  bomb rape strangle drown poison torture butcher massacre beat punch deport sterilize sterilise castrate enslave castrated`);
export const suffered =
  set(`killed murdered shot stabbed hanged hung lynched burned burnt gassed exterminated eradicated annihilated
  slaughtered beheaded executed bombed raped strangled drowned poisoned tortured butchered massacred beaten punched deported
  sterilized sterilised castrated enslaved eliminated banned locked caged jailed imprisoned removed shipped wiped put destroyed
  kept segregated`);
export const dying = set('die burn rot hang perish disappear drown vanish leave');
/** What may stand between the parts of an attack. */
export const fillers =
  set(`fucking fuckin fucken really just so absolutely all such a an the these those this that of damn goddamn
  bloody stupid dirty filthy disgusting ugly every single any only nothing but literally basically more like worse than even
  truly simply total complete bunch most always very much other some little dumb worthless pathetic you them no`);
/** The same where a negation would turn the sense: "are no animals". */
export const affirming = new Set([...fillers].filter((word) => word !== 'no'));
export const negations =
  set(`not no never dont doesnt didnt isnt arent wasnt werent wouldnt shouldnt couldnt wont cant aint neither nor nobody
  none without cannot hardly anything`);
/** Talk about hate: of those who report it, quote it, argue against it. */
export const aboutHate =
  set(`say says said saying call calls called calling tell tells told telling claim claims claimed claiming
  shout shouts shouted shouting yell yelled yelling wrote write heard hear racist racists racism sexist sexists sexism homophobic
  homophobe homophobia transphobic transphobia islamophobic islamophobia antisemitic antisemitism xenophobic misogynist
  misogynistic misogyny ableist bigot bigots bigoted bigotry hateful hatred prejudice unacceptable offensive ignorant wrong
  stereotype stereotypes myth slur slurs discriminate discrimination disagree untrue bullshit false rhetoric statement comment
  comments language word words term remark opinion opinions idea chant chanting imagine screamed who whoever anyone
  anybody thinks thought believes believed statements argument
  lie lies argue argues argued suggest suggests insult insults insulted insulting hating pretend nonsense hearing hears`);
export const reclaiming = set('we us our ourselves im proud my myself reclaim reclaimed fellow ally');
export const joking = set('haha hahaha hahahaha lol lmao rofl xd jk kidding joking joke');

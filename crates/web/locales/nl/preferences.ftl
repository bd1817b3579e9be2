# De eigen voorkeuren van een klant: hoe, wanneer en waarover.
preference-title-u = Uw voorkeuren
preference-title-je = Je voorkeuren
preference-lede-u = Kies hier hoe { $organisation } u bereikt, en waarover.
preference-lede-je = Kies hier hoe { $organisation } je bereikt, en waarover.
preference-saved-u = Uw keuze is bewaard.
preference-saved-je = Je keuze is bewaard.
preference-how-u = Hoe mogen wij u bereiken?
preference-how-je = Hoe mogen we je bereiken?
preference-rank = { $rank ->
    [1] liefst zo
   *[other] { $rank }e keus
 }
preference-rather-not = liever niet
preference-about-u = Waarover mogen wij u schrijven?
preference-about-je = Waarover mogen we je schrijven?
preference-service-u = Berichten die horen bij wat u zelf vroeg, zoals een afspraak of een reservering, krijgt u altijd.
preference-service-je = Berichten die horen bij wat je zelf vroeg, zoals een afspraak of een reservering, krijg je altijd.
preference-marketing-help = Nieuws, tips en aanbiedingen
preference-said-yes = ja gezegd op { $day }
preference-said-no = nee gezegd op { $day }
preference-quiet-u = Wanneer liever geen bericht?
preference-quiet-je = Wanneer liever geen bericht?
preference-quiet-usual = Zoals gewoonlijk: niet tussen { $from } en { $until } uur
preference-quiet-none = Het maakt niet uit
preference-quiet-own = Niet tussen
preference-from = Van
preference-until = Tot
preference-remark-quiet = Vul twee verschillende tijden in, zoals 21:00 en 08:00.
preference-language-u = In welke taal schrijven wij u?
preference-language-je = In welke taal schrijven we je?
preference-language-any = Zoals gewoonlijk
preference-language-nl = Nederlands
preference-language-en = Engels
preference-proof-u = { $organisation } bewaart wat u hier kiest, met de datum, en houdt zich eraan.
preference-proof-je = { $organisation } bewaart wat je hier kiest, met de datum, en houdt zich eraan.
preference-last = Laatste keuze: { $day }.
preference-give = Geef een link om zelf te kiezen
preference-given-title = Voorkeuren van { $name }
preference-given-text = Met deze link kiest { $the_customer } zelf hoe en waarover er berichten komen, zonder in te loggen. Hij werkt { $days } dagen en staat hier alleen nu.
preference-given-link = Link naar de voorkeuren
preference-given-open = Open de pagina
preference-given-back = Terug naar { $name }

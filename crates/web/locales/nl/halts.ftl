# Berichten vasthouden.
halt-title = Berichten vasthouden
halt-lede = Bij storm, brand of een fout houdt u berichten vast: voor een gebied, een gebouw, een dag of een klantreis. U kunt { $customers } in plaats daarvan één mededeling sturen.
halt-new = Houd berichten vast
halt-new-lede = Eerst ziet u hoeveel berichten het raakt. Er gebeurt niets tot u ze vasthoudt.
halt-standing = Nu vastgehouden
halt-past = Eerder
halt-none = Er wordt nu niets vastgehouden.
halt-none-how = Alles gaat zoals de klantreizen zeggen.
halt-editors = Een redacteur kan berichten vasthouden.
halt-from-until = Van { $since } tot { $until }.
halt-afterwards-yes = Daarna gaan ze alsnog, als ze dan nog kloppen.
halt-afterwards-no = Daarna gaan ze niet alsnog.
halt-holds = { $more ->
    [ja] Houdt minstens { $count } berichten vast.
   *[nee] { $count ->
        [0] Houdt nu niets vast.
        [one] Houdt 1 bericht vast.
       *[other] Houdt { $count } berichten vast.
    }
}
halt-kept = { $more ->
    [ja] Hield minstens { $count } berichten tegen.
   *[nee] { $count ->
        [0] Hield nog niets tegen.
        [one] Hield 1 bericht tegen.
       *[other] Hield { $count } berichten tegen.
    }
}
halt-would-hold = { $more ->
    [ja] Minstens { $count } berichten die nu wachten vallen hieronder.
   *[nee] { $count ->
        [0] Geen bericht dat nu wacht valt hieronder.
        [one] 1 bericht dat nu wacht valt hieronder.
       *[other] { $count } berichten die nu wachten vallen hieronder.
    }
}
halt-customers = { $count ->
    [one] Voor 1 { $customer }.
   *[other] Voor { $count } { $customers }.
}
halt-and-later = Tot { $until } komt daarbij wat de klantreizen nog vragen.
halt-notice-of = Mededeling “{ $subject }”:
halt-notice-sent = { $count ->
    [0] nog niet verstuurd
    [one] 1 keer verstuurd
   *[other] { $count } keer verstuurd
}
halt-release = Nu vrijgeven
halt-change = Wijzigen
halt-change-title = Wijzig: { $title }
halt-change-lede = U kunt de einddatum, het gebied en de klantreizen wijzigen. Wat er dan niet meer onder valt gaat alsnog, als het nog klopt en op tijd is.
halt-change-make = Wijzig dit
halt-changed = Gewijzigd: { $title }.
halt-notice-stays = “{ $subject }” blijft zoals zij is: wie haar al kreeg, kreeg deze tekst.
halt-notice-none = Er gaat geen mededeling. Een nieuwe mededeling hoort bij een nieuwe keer vasthouden.
halt-made = Berichten worden vastgehouden: { $title }.
halt-ended = Vrijgegeven: { $title }.
halt-ended-goes = Vrijgegeven: { $title }. Wat nog klopt en op tijd is gaat nu.
halt-name = Waarom
halt-name-help = Zoals u het noemt, bijvoorbeeld Storm op vrijdag. { CAPITAL($customers) } zien dit niet.
halt-which = Welke berichten
halt-which-help = Vul in wat geldt; een bericht moet bij alles passen wat u invult. Vult u niets in, dan worden alle berichten vastgehouden.
halt-postcodes = Postcodes
halt-postcodes-help = Hele postcodes of het begin ervan, met komma’s ertussen: 3511, 3512AB.
halt-building = Gebouw
halt-building-help = Straat en nummer: Merelstraat 24. Alle deuren van dat nummer horen erbij.
halt-day = Afspraak op deze dag
halt-day-help = Berichten die over deze dag gaan, zoals een herinnering.
halt-journeys = Alleen van deze klantreizen
halt-until = Tot wanneer
halt-until-help = Hoogstens 31 dagen. Eerder vrijgeven kan altijd.
halt-afterwards = En daarna
halt-afterwards-goes = Ze gaan alsnog, als ze dan nog kloppen en op tijd zijn
halt-afterwards-stays = Ze gaan niet meer
halt-notice = Mededeling
halt-tell = Stuur in plaats daarvan één mededeling
halt-tell-help = Wie een bericht niet krijgt, krijgt deze: één keer, hoeveel er ook worden vastgehouden. Zij gaat ook in de stille uren.
halt-text = Tekst
halt-text-help = Begint met de aanhef. Noem alleen wat voor iedereen geldt.
halt-touches = Wat dit raakt
halt-look-first = Bekijk eerst wat dit raakt.
halt-look = Bekijk wat dit raakt
halt-look-again = Bekijk opnieuw
halt-make = Houd deze berichten vast
halt-of-all = alle berichten van alle klantreizen
halt-of-journeys = van { $journeys }
halt-of-area = postcodes { $postcodes }
halt-of-building = { $building }
halt-of-day = over { $day }
halt-remark-title = Geef een naam van hoogstens 80 tekens.
halt-remark-until = Kies een moment dat nog komt, hoogstens 31 dagen vooruit.
halt-remark-postcodes = Schrijf postcodes of het begin ervan, met komma’s ertussen: 3511, 3512AB.
halt-remark-postcodes-many = Noem hoogstens { $most } postcodes. Een begin, zoals 35, telt voor een heel gebied.
halt-remark-building = Houd straat en nummer onder 120 tekens.
halt-remark-day = Kies een dag vanaf vandaag, hoogstens een jaar vooruit.
halt-remark-subject = Geef de mededeling een onderwerp van hoogstens 120 tekens.
halt-remark-text = Schrijf wat { $customers } moeten weten.
halt-remark-text-long = Houd de tekst onder { $most } tekens.
halt-remark-notice = Zo kan de mededeling niet gaan. { $fault }
halt-remark-many = Er staan al { $most } keer berichten vast. Geef eerst een andere vrij.

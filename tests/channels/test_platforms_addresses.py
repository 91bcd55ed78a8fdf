"""Whose account does this address name? A table over all platforms and forms; every name is invented."""

import pytest

from channels.platforms import PLATFORMS, recognise

# address -> platform handle kind; "-" is none.
TABLE = """
# Facebook: names, ids, pages, people, groups
https://www.facebook.com/AcmeCity -> facebook AcmeCity profile
http://facebook.com/acme.city.parks/ -> facebook acme.city.parks profile
https://www.facebook.com/TEDx -> facebook TEDx profile
https://facebook.com/Some_Page -> facebook Some_Page profile
https://www.facebook.com/ACME.GC.CA/about/?ref=page_internal -> facebook ACME.GC.CA profile
https://www.facebook.com/acme?fref=ts -> facebook acme profile
https://www.facebook.com/acme/?__tn__=%2Cd%2CP-R&eid=ARBx_1-2 -> facebook acme profile
https://www.facebook.com/acme?_rdr -> facebook acme profile
https://www.facebook.com/acme#wall -> facebook acme profile
https://m.facebook.com/acme?_rdr -> facebook acme profile
https://mbasic.facebook.com/acme -> facebook acme profile
https://touch.facebook.com/acme -> facebook acme profile
https://web.facebook.com/acme -> facebook acme profile
https://fr-ca.facebook.com/AcmeVille -> facebook AcmeVille profile
http://de-de.facebook.com/acme -> facebook acme profile
http://es-la.facebook.com/acme -> facebook acme profile
https://www.fb.com/acme -> facebook acme profile
fb.com/acme?query=1 -> facebook acme profile
http://fb.me/acmecity -> facebook acmecity profile
https://m.me/acmecity -> facebook acmecity profile
https://www.messenger.com/t/acmecity -> facebook acmecity profile
https://business.facebook.com/acmecity/ -> facebook acmecity profile
https://business.facebook.com/latest/home?asset_id=123456789012&nav_ref=x -> facebook 123456789012 profile
https://www.facebook.com/profile.php?id=100012345678901 -> facebook 100012345678901 profile
https://www.facebook.com/profile.php?id=100012345678901&sk=about -> facebook 100012345678901 profile
https://www.facebook.com/profile.php?id=4 -> facebook 4 profile
https://www.facebook.com/profile.php?v=wall&amp;id=100012345678901 -> facebook 100012345678901 profile
http://www.facebook.com/pages/Acme-City-311/84372500001 -> facebook 84372500001 profile
http://www.facebook.com/pages/Acme-Taxi-Commission/101679900000001?v=wall -> facebook 101679900000001 profile
https://www.facebook.com/pages/Consulat-d-Acm%C3%A9e/425150900000001 -> facebook 425150900000001 profile
https://facebook.com/pages/Préfecture-d'Acmée/425150900000001?ref=hl -> facebook 425150900000001 profile
https://www.facebook.com/pages/category/Government/Acme-City-123456789012/ -> facebook Acme-City-123456789012 profile
https://www.facebook.com/pages/Acme/acmecity/123456789012?v=app_1 -> facebook 123456789012 profile
https://www.facebook.com/people/Acme-Riverton/61587400000001/ -> facebook 61587400000001 profile
https://www.facebook.com/people/D%C3%A9fense-Acme/61576900000001 -> facebook 61576900000001 profile
https://www.facebook.com/Acme-National-Marine-Park-75101500001/ -> facebook Acme-National-Marine-Park-75101500001 profile
https://www.facebook.com/ECCC-Météo-d-Acme-1814972200000001 -> facebook ECCC-Météo-d-Acme-1814972200000001 profile
https://www.facebook.com/Ambassade-d-Acme-en-Norv%C3%A8ge-745106900000001/?fref=nf -> facebook Ambassade-d-Acme-en-Norvège-745106900000001 profile
https://www.facebook.com/Acme-Research-GmbH-152914300000001/timeline/ -> facebook Acme-Research-GmbH-152914300000001 profile
https://www.facebook.com/p/Acme-City-Parks-100064000000001/ -> facebook 100064000000001 profile
https://www.facebook.com/pages/Acme-Library -> facebook Acme-Library profile
https://www.facebook.com/pages/merge -> facebook - not_an_account
https://www.facebook.com/pages/Town of Acme/123456789 -> facebook 123456789 profile
https://p-upload.facebook.com/acme/ -> facebook acme profile
https://www.facebook.com/v2.3/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Facme -> facebook acme profile
https://www.facebook.com/शहर.पार्क -> facebook शहर.पार्क profile
https://www.facebook.com/%E0%A4%B6%E0%A4%B9%E0%A4%B0-%E0%A4%AA%E0%A4%BE%E0%A4%B0%E0%A5%8D%E0%A4%95-123456789012/ -> facebook शहर-पार्क-123456789012 profile
https://www.facebook.com/517901800000001 -> facebook 517901800000001 profile
http://tr-tr.facebook.com/17254700001?sk=info -> facebook 17254700001 profile
https://www.facebook.com/pg/acmecity/about/?ref=page_internal -> facebook acmecity profile
https://facebook.com/pg/acmecity -> facebook acmecity profile
https://www.facebook.com/PayeEmployésAcme -> facebook PayeEmployésAcme profile
https://www.facebook.com/PayeEmploy%C3%A9sAcme -> facebook PayeEmployésAcme profile
https://www.facebook.com/PayeEmploy%E9sAcme -> facebook PayeEmployésAcme profile
https://www.facebook.com/PayeEmploy%25C3%25A9sAcme -> facebook PayeEmployésAcme profile
https://www.facebook.com/groups/rivertonparents/ -> facebook rivertonparents group
https://www.facebook.com/groups/1234567890123/?ref=share -> facebook 1234567890123 group
http://www.facebook.com/group.php?gid=12345678 -> facebook 12345678 group
https://www.facebook.com/groups/rivertonparents/permalink/987654321/ -> facebook rivertonparents post
https://www.facebook.com/acme/posts/10155000000001 -> facebook acme post
https://www.facebook.com/acme/posts/pfbid02AbCdEf -> facebook acme post
https://www.facebook.com/acme/photos/a.123.456/789/?type=3 -> facebook acme post
https://www.facebook.com/acme/videos/987654321/ -> facebook acme post
https://www.facebook.com/acme/photos/ -> facebook acme profile
https://www.facebook.com/acme/videos/ -> facebook acme profile
https://www.facebook.com/acme/info -> facebook acme profile
https://www.facebook.com/acme/app/123456789 -> facebook acme profile
https://www.facebook.com/acme/events -> facebook acme profile
https://www.facebook.com/permalink.php?story_fbid=111&id=123456789 -> facebook 123456789 post
https://m.facebook.com/story.php?story_fbid=111&id=123456789 -> facebook 123456789 post
https://www.facebook.com/watch/acmecity/ -> facebook acmecity profile
http://www.facebook.com/#!/acmecity -> facebook acmecity profile
http://www.facebook.com/home.php#!/pages/Acme/123456789 -> facebook 123456789 profile
https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Ffacebook.com%2Facmecity -> facebook acmecity profile
https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.instagram.com%2Facme%2F&h=AT0 -> instagram acme profile
https://www.facebook.com -> facebook - not_an_account
https://www.facebook.com/?ref=logo -> facebook - not_an_account
https://www.facebook.com/groups -> facebook - not_an_account
https://www.facebook.com/groups/feed/ -> facebook - not_an_account
https://www.facebook.com/sharer/sharer.php?u=https://acme.example -> facebook - not_an_account
http://www.facebook.com/sharer.php?u=http%3A%2F%2Facme.example -> facebook - not_an_account
http://www.facebook.com/share.php?u=x -> facebook - not_an_account
https://www.facebook.com/share/18p6gAcme1/?mibextid=LQ -> facebook - not_an_account
https://www.facebook.com/dialog/share?app_id=1&href=x -> facebook - not_an_account
https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Facme -> facebook - not_an_account
https://www.facebook.com/safety -> facebook safety profile
http://www.facebook.com/update_info.php?wizard=1#!/acmecity -> facebook acmecity profile
http://www.facebook.com/home.php#/acmecity -> facebook acmecity profile
https://www.facebook.com/login.php -> facebook - not_an_account
https://www.facebook.com/hashtag/acme -> facebook - not_an_account
https://www.facebook.com/events/216847990000001 -> facebook - not_an_account
https://www.facebook.com/search/top/?q=acme -> facebook - not_an_account
https://www.facebook.com/watch/?v=123456 -> facebook - not_an_account
https://www.facebook.com/reel/123456 -> facebook - not_an_account
https://www.facebook.com/photo.php?fbid=123 -> facebook - not_an_account
https://www.facebook.com/help/123 -> facebook - not_an_account
https://www.facebook.com/policies -> facebook - not_an_account
https://www.facebook.com/marketplace -> facebook - not_an_account
https://www.facebook.com/pages/create -> facebook - not_an_account
https://www.facebook.com/profile.php -> facebook - not_an_account
https://developers.facebook.com/docs -> facebook - not_an_account
https://about.facebook.com/acme -> facebook - not_an_account
https://l.facebook.com/l.php?h=AT0 -> facebook - not_an_account
https://fb.watch/aBcDeF/ -> facebook - not_an_account
http://facebook.com/peter[parker -> facebook - not_an_account
# X
https://x.com/AcmeCity -> x AcmeCity profile
https://twitter.com/AcmeCity -> x AcmeCity profile
http://www.Twitter.com/AcmeCity/ -> x AcmeCity profile
https://twitter.com/@AcmeCity -> x AcmeCity profile
https://twitter.com/AcmeCity?lang=fr -> x AcmeCity profile
https://x.com/acme?s=21&t=QVAaej86 -> x acme profile
http://twitter.com/#!/AcmeCity -> x AcmeCity profile
http://twitter.com/#!AcmeCity -> x AcmeCity profile
http://twitter.com/#%21/AcmeCity -> x AcmeCity profile
https://twitter.com/!#/AcmeCity -> x AcmeCity profile
https://mobile.twitter.com/acme -> x acme profile
https://m.twitter.com/acme -> x acme profile
https://twitter.com/acme/with_replies -> x acme profile
https://twitter.com/acme/followers -> x acme profile
https://twitter.com/acme/lists -> x acme profile
https://twitter.com/acme/media#tweets -> x acme profile
https://twitter.com/acme/status/1234567890123456789 -> x acme post
https://twitter.com/acme/statuses/123 -> x acme post
https://x.com/acme/status/123/photo/1?s=20 -> x acme post
https://twitter.com/#!/acme/status/123 -> x acme post
https://twitter.com/acme/lists/staff -> x acme post
https://twitter.com/i/user/123456 -> x 123456 user_id
https://twitter.com/intent/user?screen_name=acme -> x acme profile
https://x.com/intent/follow?screen_name=acme -> x acme profile
twitter://user?screen_name=acme -> x acme profile
https://twitter.com/business -> x business profile
https://twitter.com/intent/tweet?text=hello -> x - not_an_account
https://twitter.com/share?url=https://acme.example -> x - not_an_account
https://twitter.com/home?status=hello -> x - not_an_account
https://twitter.com/search?q=acme -> x - not_an_account
https://twitter.com/hashtag/acme?src=hash -> x - not_an_account
https://x.com/explore -> x - not_an_account
https://x.com/i/events/123 -> x - not_an_account
https://x.com/i/status/123 -> x - not_an_account
https://twitter.com/login -> x - not_an_account
https://twitter.com/privacy -> x - not_an_account
https://twitter.com/ -> x - not_an_account
https://x.com -> x - not_an_account
https://t.co/AbCdEf -> x - not_an_account
https://about.twitter.com/company -> x - not_an_account
https://help.twitter.com/en -> x - not_an_account
https://www.twitter.com/in.valid -> x - not_an_account
https://twitter.com/NotAPossibleName1 -> x - not_an_account
# Instagram
https://www.instagram.com/acme.city/ -> instagram acme.city profile
http://instagram.com/Acme_City?ref=badge -> instagram Acme_City profile
https://www.instagram.com/acme/?hl=en -> instagram acme profile
https://instagram.com/acme?igshid=MzRlODBiNWFlZA== -> instagram acme profile
https://www.instagram.com/acme?utm_medium=copy_link -> instagram acme profile
http://instagr.am/acme -> instagram acme profile
https://www.instagram.com/_u/acme -> instagram acme profile
https://m.instagram.com/acme -> instagram acme profile
https://ig.me/m/acme -> instagram acme profile
http://web.stagram.com/n/acme_dot -> instagram acme_dot profile
https://www.instagram.com/acme/tagged/ -> instagram acme profile
https://www.instagram.com/acme/reels/ -> instagram acme profile
https://www.instagram.com/acme/feed/ -> instagram acme profile
https://www.instagram.com/acme/p/CxAbC/ -> instagram acme post
https://www.instagram.com/acme/reel/CxAbC/ -> instagram acme post
https://www.instagram.com/stories/acme/31415926/ -> instagram acme post
https://www.instagram.com/p/CxAbC/?taken-by=acme -> instagram acme post
https://i.instagram.com/acme/ -> instagram acme profile
https://www.instagram.com/_u/ -> instagram - not_an_account
https://www.instagram.com/channel/AbaBcD/ -> instagram - not_an_account
https://www.instagram.com/p/CxAbC/ -> instagram - not_an_account
https://www.instagram.com/reel/CxAbC/ -> instagram - not_an_account
https://www.instagram.com/explore/tags/acme/ -> instagram - not_an_account
https://www.instagram.com/explore/locations/123/acme/ -> instagram - not_an_account
https://www.instagram.com/accounts/login/?next=/acme/ -> instagram - not_an_account
https://www.instagram.com/about/us/ -> instagram - not_an_account
https://www.instagram.com/legal/terms/ -> instagram - not_an_account
https://business.instagram.com/ -> instagram - not_an_account
https://www.instagram.com/ -> instagram - not_an_account
https://www.instagram.com/acme..city -> instagram - not_an_account
https://www.instagram.com/acme-city/ -> instagram - not_an_account
# YouTube
https://www.youtube.com/@AcmeCity -> youtube AcmeCity profile
https://www.youtube.com/@AcmeCity/videos -> youtube AcmeCity profile
https://youtube.com/@AcmeCity?si=AbC -> youtube AcmeCity profile
https://youtube.com/@GardeC%C3%B4ti%C3%A8reAcme -> youtube GardeCôtièreAcme profile
https://www.youtube.com/@เมืองแอคมี -> youtube เมืองแอคมี profile
http://m.youtube.com/index?desktop_uri=%2F#/user/AcmeCity -> youtube AcmeCity user
https://www.youtube.com/user/AcmeCity -> youtube AcmeCity user
https://www.youtube.com/user/AcmeCity/about -> youtube AcmeCity user
http://www.youtube.com/user/AcmeCity#p/u/0/AbC -> youtube AcmeCity user
http://www.youtube.com/user/AcmeCity?feature=results_main -> youtube AcmeCity user
https://www.youtube.com/c/AcmeCity -> youtube AcmeCity named
https://www.youtube.com/c/AcmeCity/featured -> youtube AcmeCity named
https://m.youtube.com/c/Acme-City -> youtube Acme-City named
https://www.youtube.com/AcmeCity -> youtube AcmeCity custom
http://youtube.com/acme.city -> youtube acme.city custom
http://www.youtube.com/AcmeCity/videos -> youtube AcmeCity custom
https://uk.youtube.com/AcmeCity -> youtube AcmeCity custom
https://www.youtube.com/channel/UCabcDEF0123456789-_aXyZ -> youtube UCabcDEF0123456789-_aXyZ channel
https://www.youtube.com/channel/UCabcDEF0123456789-_aXyZ/featured?hl=fr -> youtube UCabcDEF0123456789-_aXyZ channel
https://studio.youtube.com/channel/UCabcDEF0123456789-_aXyZ/videos -> youtube UCabcDEF0123456789-_aXyZ channel
https://music.youtube.com/channel/UCabcDEF0123456789-_aXyZ -> youtube UCabcDEF0123456789-_aXyZ channel
https://www.youtube.com/feeds/videos.xml?channel_id=UCabcDEF0123456789-_aXyZ -> youtube UCabcDEF0123456789-_aXyZ channel
https://www.youtube.com/feeds/videos.xml?user=acme -> youtube acme user
http://gdata.youtube.com/feeds/api/users/acme/uploads -> youtube acme user
http://www.youtube.com/profile?user=acme -> youtube acme user
http://www.youtube.com/subscription_center?add_user=acme -> youtube acme user
https://www.youtube.com/watch?v=AbCdEfGhIjK -> youtube - not_an_account
https://www.youtube.com/watch?v=AbCdEfGhIjK&ab_channel=Acme -> youtube - not_an_account
https://youtu.be/AbCdEfGhIjK -> youtube - not_an_account
https://www.youtube.com/playlist?list=PLabc -> youtube - not_an_account
https://www.youtube.com/embed/AbC -> youtube - not_an_account
https://www.youtube.com/shorts/AbC -> youtube - not_an_account
https://www.youtube.com/live/AbC -> youtube - not_an_account
https://www.youtube.com/results?search_query=acme -> youtube - not_an_account
https://www.youtube.com/feed/subscriptions -> youtube - not_an_account
https://www.youtube.com/t/terms -> youtube - not_an_account
https://www.youtube.com/yt/copyright/ -> youtube - not_an_account
https://www.youtube.com/ -> youtube - not_an_account
https://www.youtube.com/channel/ -> youtube - not_an_account
https://www.youtube.com/this/is/too/long -> youtube - not_an_account
https://www.youtube-nocookie.com/embed/AbC -> youtube - not_an_account
https://www.youtube.com/redirect?q=https%3A%2F%2Fx.com%2Facme&v=1 -> x acme profile
# LinkedIn
https://www.linkedin.com/company/acme-city/ -> linkedin acme-city company
https://www.linkedin.com/company/acme-city/about/ -> linkedin acme-city company
https://www.linkedin.com/company/acme?trk=fc_badge -> linkedin acme company
https://www.linkedin.com/company/acme/?originalSubdomain=ca -> linkedin acme company
https://www.linkedin.com/company/1234567/admin/feed/posts/ -> linkedin 1234567 company
https://www.linkedin.com/company-beta/1234567/ -> linkedin 1234567 company
https://www.linkedin.com/company/acme-gmbh-&-co.-kg -> linkedin acme-gmbh-&-co.-kg company
https://www.linkedin.com/company/acme-gmbh-&amp;-co.-kg -> linkedin acme-gmbh-&-co.-kg company
https://www.linkedin.com/company/p%C3%AAches-et-oc%C3%A9ans-acme -> linkedin pêches-et-océans-acme company
https://www.linkedin.com/company/pêches-et-océans-acme -> linkedin pêches-et-océans-acme company
https://www.linkedin.com/company/women%27s-bureau-acme/ -> linkedin women's-bureau-acme company
https://www.linkedin.com/company/acme-inc./ -> linkedin acme-inc. company
https://www.linkedin.com/company/acme-inc. -> linkedin acme-inc company
https://www.linkedin.com/company/u-s--department-of-acme -> linkedin u-s--department-of-acme company
https://www.linkedin.com/company/gouvernement-f-d-ral---acme -> linkedin gouvernement-f-d-ral---acme company
https://ca.linkedin.com/company/acme -> linkedin acme company
https://uk.linkedin.com/in/jane-riverton -> linkedin jane-riverton profile
https://www.linkedin.com/in/jane-riverton-51b05133?trk=pub-pbmap -> linkedin jane-riverton-51b05133 profile
https://de.linkedin.com/in/jörg-müller-81a8/ -> linkedin jörg-müller-81a8 profile
https://www.linkedin.com/in/jane/detail/recent-activity/ -> linkedin jane profile
https://www.linkedin.com/mwlite/in/jane -> linkedin jane profile
https://www.linkedin.com/pub/jane-riverton/1/2a/3b4 -> linkedin jane-riverton profile
https://www.linkedin.com/school/acme-university/ -> linkedin acme-university school
http://www.linkedin.com/edu/school?id=12345 -> linkedin 12345 school
https://www.linkedin.com/showcase/acme-jobs/ -> linkedin acme-jobs showcase
https://www.linkedin.com/showcase/34749400/admin/feed/posts/?feedType=following -> linkedin 34749400 showcase
https://www.linkedin.com/groups/4215200/profile -> linkedin 4215200 group
http://www.linkedin.com/groups?gid=1545000&home= -> linkedin 1545000 group
https://www.linkedin.com/groups/Acme-Alumni-1545000 -> linkedin 1545000 group
http://www.linkedin.com/groupItem?view=&gid=1545000&type=member -> linkedin 1545000 group
http://www.linkedin.com/e/gis/1545000 -> linkedin 1545000 group
https://www.linkedin.com/sales/people/acme-jane -> linkedin acme-jane profile
https://www.linkedin.com/mwlite/acme-jane -> linkedin acme-jane profile
https://www.linkedin.com/mwlite/feed -> linkedin - not_an_account
https://www.linkedin.com/in/jane_1%23a -> linkedin jane_1#a profile
http://www.linkedin.com/profile/view?id=123456 -> linkedin 123456 user_id
https://www.linkedin.com/posts/acme_we-are-hiring-activity-700000000-AbCd -> linkedin acme post
https://www.linkedin.com/ -> linkedin - not_an_account
https://www.linkedin.com/in/ -> linkedin - not_an_account
https://www.linkedin.com/company/ -> linkedin - not_an_account
https://www.linkedin.com/groups -> linkedin - not_an_account
https://www.linkedin.com/jobs/view/123 -> linkedin - not_an_account
https://www.linkedin.com/feed/update/urn:li:activity:123 -> linkedin - not_an_account
https://www.linkedin.com/shareArticle?mini=true&url=x -> linkedin - not_an_account
https://www.linkedin.com/sharing/share-offsite/?url=x -> linkedin - not_an_account
https://www.linkedin.com/learning/me -> linkedin - not_an_account
https://www.linkedin.com/pub/dir/Jane/Riverton -> linkedin - not_an_account
https://www.linkedin.com/authwall?trk=x -> linkedin - not_an_account
https://www.linkedin.com/search/results/all/?keywords=acme -> linkedin - not_an_account
https://lnkd.in/eAbCd -> linkedin - not_an_account
https://business.linkedin.com/ -> linkedin - not_an_account
# Flickr
https://www.flickr.com/photos/acmecity/ -> flickr acmecity profile
http://www.flickr.com/photos/86722000@N03/ -> flickr 86722000@N03 profile
http://www.flickr.com/photos/86722000%40N03/ -> flickr 86722000@N03 profile
https://www.flickr.com/people/acmecity/ -> flickr acmecity profile
http://flickr.com/acmecity -> flickr acmecity profile
http://www.flickr.com/groups/acme-ems -> flickr acme-ems group
http://www.flickr.com/groups/acme-ems/pool/ -> flickr acme-ems group
https://www.flickr.com/photos/acmecity/sets/ -> flickr acmecity profile
https://www.flickr.com/photos/acmecity/albums -> flickr acmecity profile
https://www.flickr.com/photos/acmecity/12345678901/ -> flickr acmecity post
https://www.flickr.com/photos/acmecity/albums/7215760000 -> flickr acmecity post
http://m.flickr.com/#/photos/acmecity/ -> flickr acmecity profile
https://www.flickr.com/explore/ -> flickr - not_an_account
https://www.flickr.com/photos/tags/acme -> flickr - not_an_account
https://www.flickr.com/search/?q=acme -> flickr - not_an_account
https://flic.kr/p/AbC -> flickr - not_an_account
# Tumblr
http://acmecity.tumblr.com/ -> tumblr acmecity profile
http://www.acmecity.tumblr.com -> tumblr acmecity profile
https://www.tumblr.com/acmecity -> tumblr acmecity profile
https://www.tumblr.com/blog/acmecity -> tumblr acmecity profile
https://www.tumblr.com/blog/view/acmecity -> tumblr acmecity profile
https://acmecity.tumblr.com/archive -> tumblr acmecity profile
https://acmecity.tumblr.com/post/123456/hello -> tumblr acmecity post
https://www.tumblr.com/acmecity/123456/hello -> tumblr acmecity post
https://www.tumblr.com/dashboard -> tumblr - not_an_account
https://www.tumblr.com/share/link?url=x -> tumblr - not_an_account
https://www.tumblr.com/tagged/acme -> tumblr - not_an_account
https://www.tumblr.com/ -> tumblr - not_an_account
https://assets.tumblr.com/x.js -> tumblr - not_an_account
# Vimeo
http://vimeo.com/acmeschools -> vimeo acmeschools profile
https://vimeo.com/user1234567 -> vimeo user1234567 profile
https://vimeo.com/acmeschools/videos -> vimeo acmeschools profile
https://vimeo.com/channels/acmefilms -> vimeo acmefilms channel
https://vimeo.com/groups/acmefilms -> vimeo acmefilms group
https://vimeo.com/12345678 -> vimeo - not_an_account
https://player.vimeo.com/video/12345678 -> vimeo - not_an_account
https://vimeo.com/search?q=acme -> vimeo - not_an_account
https://vimeo.com/ -> vimeo - not_an_account
# Pinterest
https://www.pinterest.com/acmecity/ -> pinterest acmecity profile
http://pinterest.com/acmecity/?ref=footer -> pinterest acmecity profile
https://fr.pinterest.com/acmecity -> pinterest acmecity profile
https://www.pinterest.co.uk/acmecity/ -> pinterest acmecity profile
https://www.pinterest.ca/acmecity/_created/ -> pinterest acmecity profile
https://www.pinterest.com/acmecity/pins/ -> pinterest acmecity profile
https://www.pinterest.cz/acme.city -> pinterest acme.city profile
https://www.pinterest.com/acmecity/city-parks/ -> pinterest acmecity post
https://www.pinterest.com/pin/123456/ -> pinterest - not_an_account
https://www.pinterest.com/pin/create/button/?url=x -> pinterest - not_an_account
https://www.pinterest.com/_/_/about/ -> pinterest - not_an_account
https://about.pinterest.com/en -> pinterest - not_an_account
https://pin.it/AbC -> pinterest - not_an_account
# GitHub, GitLab, Stack Overflow
https://github.com/AcmeCity -> github AcmeCity profile
https://www.github.com/acme-city/ -> github acme-city profile
https://github.com/orgs/acme/repositories -> github acme profile
https://github.com/acme?tab=repositories -> github acme profile
https://github.com/acme/riverton -> github acme post
https://github.com/acme/riverton.js/issues/1 -> github acme post
https://gist.github.com/acme/0123456789abcdef0123 -> github acme post
https://gist.github.com/acme -> github acme profile
https://raw.githubusercontent.com/acme/riverton/main/README.md -> github acme post
https://github.com/sponsors/acme -> github acme profile
https://github.com/organizations/acme -> github acme profile
https://api.github.com/users/acme -> github acme profile
https://api.github.com/repos/acme/riverton -> github acme post
https://github.com/ -> github - not_an_account
https://github.com/login -> github - not_an_account
https://github.com/features -> github - not_an_account
https://github.com/search?q=acme -> github - not_an_account
https://gitlab.com/acme -> gitlab acme profile
https://gitlab.com/groups/acme -> gitlab acme profile
https://gitlab.com/acme/riverton -> gitlab acme post
https://gitlab.com/explore -> gitlab - not_an_account
https://gitlab.com/users/sign_in -> gitlab - not_an_account
https://about.gitlab.com/ -> gitlab - not_an_account
https://stackoverflow.com/users/12345/jane-riverton -> stackoverflow 12345 profile
https://stackoverflow.com/users/12345 -> stackoverflow 12345 profile
https://stackoverflow.com/users/12345/jane?tab=profile -> stackoverflow 12345 profile
https://meta.stackoverflow.com/users/12345/jane -> stackoverflow 12345 profile
https://stackoverflow.com/users/jane -> stackoverflow jane profile
https://stackoverflow.com/company/acme -> stackoverflow acme company
http://careers.stackoverflow.com/jane -> stackoverflow jane curriculum
https://stackoverflow.com/cv/jane -> stackoverflow jane curriculum
https://stackoverflow.com/users/login -> stackoverflow - not_an_account
https://stackoverflow.com/questions/12345/how-to -> stackoverflow - not_an_account
https://stackoverflow.com/users -> stackoverflow - not_an_account
https://ru.stackoverflow.com/users/12345/jane -> - - website
# TikTok, Threads, Snapchat
https://www.tiktok.com/@acme.city -> tiktok acme.city profile
https://www.tiktok.com/@acme?lang=en -> tiktok acme profile
https://m.tiktok.com/@acme -> tiktok acme profile
tiktok.com/acme -> tiktok acme profile
https://www.tiktok.com/@acme/video/7000000000000000000 -> tiktok acme post
https://www.tiktok.com/@acme/photo/7000000000000000000 -> tiktok acme post
https://www.tiktok.com/@acme/live -> tiktok acme profile
https://vm.tiktok.com/ZMabc/ -> tiktok - not_an_account
https://www.tiktok.com/t/ZTabc/ -> tiktok - not_an_account
https://www.tiktok.com/tag/acme -> tiktok - not_an_account
https://www.tiktok.com/foryou -> tiktok - not_an_account
https://www.tiktok.com/ -> tiktok - not_an_account
https://www.threads.net/@acme.city -> threads acme.city profile
https://www.threads.com/@acme -> threads acme profile
https://threads.net/acme -> threads acme profile
https://www.threads.net/@acme/post/CxAbC -> threads acme post
https://www.threads.net/@acme/replies -> threads acme profile
https://www.threads.net/t/CxAbC -> threads - not_an_account
https://www.threads.net/search?q=acme -> threads - not_an_account
https://www.snapchat.com/add/acme.city -> snapchat acme.city profile
https://www.snapchat.com/add/acme?share_id=1 -> snapchat acme profile
https://www.snapchat.com/@acme -> snapchat acme profile
https://story.snapchat.com/@acme -> snapchat acme profile
https://www.snapchat.com/discover/Acme/123 -> snapchat - not_an_account
https://www.snapchat.com/geofilters -> snapchat - not_an_account
https://www.snapchat.com/add -> snapchat - not_an_account
# Bluesky and the fediverse
https://bsky.app/profile/acme.bsky.social -> bluesky acme.bsky.social profile
https://bsky.app/profile/acme.example -> bluesky acme.example profile
https://bsky.app/profile/did:plc:abc123 -> bluesky did:plc:abc123 profile
https://bsky.app/profile/@acme.bsky.social -> bluesky acme.bsky.social profile
https://bsky.app/profile/acme.bsky.social/post/3kabc -> bluesky acme.bsky.social post
https://acme.bsky.social -> bluesky acme.bsky.social profile
https://bsky.app/ -> bluesky - not_an_account
https://bsky.app/search?q=acme -> bluesky - not_an_account
https://mastodon.social/@Acme -> mastodon Acme@mastodon.social profile
http://www.mastodon.social/@acme/ -> mastodon acme@mastodon.social profile
https://mastodon.social/users/acme -> mastodon acme@mastodon.social profile
https://mastodon.social/web/@acme -> mastodon acme@mastodon.social profile
https://mastodon.social/@acme@social.example -> mastodon acme@social.example profile
https://mastodon.social/@acme/109000000000000001 -> mastodon acme@mastodon.social post
https://mastodon.social/@acme/with_replies -> mastodon acme@mastodon.social profile
https://social.riverton.example/@parks -> mastodon parks@social.riverton.example profile
https://social.riverton.example/users/parks/statuses/1 -> mastodon parks@social.riverton.example post
https://acme.example/users/parks -> mastodon parks@acme.example profile
@parks@social.riverton.example -> mastodon parks@social.riverton.example profile
parks@mastodon.social -> mastodon parks@mastodon.social profile
acct:parks@mastodon.social -> mastodon parks@mastodon.social profile
https://pixelfed.social/acme -> mastodon acme@pixelfed.social profile
https://pixelfed.social/p/acme/123456789 -> mastodon acme@pixelfed.social post
https://peertube.riverton.example/a/parks/videos -> mastodon parks@peertube.riverton.example profile
https://tube.riverton.example/c/parks_films -> mastodon parks_films@tube.riverton.example profile
https://mastodon.social/authorize_interaction?uri=acct:parks@social.riverton.example -> mastodon parks@social.riverton.example profile
https://mastodon.social/web/accounts/12345 -> mastodon - not_an_account
https://mastodon.social/explore -> mastodon - not_an_account
https://mastodon.social/ -> mastodon - not_an_account
https://flipboard.com/@acme -> - - website
https://acme.example/users/login -> - - website
# Reddit
https://www.reddit.com/r/riverton/ -> reddit riverton subreddit
https://old.reddit.com/r/riverton -> reddit riverton subreddit
https://www.reddit.com/r/riverton/about -> reddit riverton subreddit
https://www.reddit.com/user/Acme_City/ -> reddit Acme_City profile
https://reddit.com/u/acme-city -> reddit acme-city profile
https://www.reddit.com/user/acme/comments/abc/hello/ -> reddit acme post
https://www.reddit.com/r/riverton/comments/abc/hello/ -> reddit riverton post
https://amp.reddit.com/r/riverton -> reddit riverton subreddit
https://www.reddit.com/ -> reddit - not_an_account
https://www.reddit.com/submit?url=x -> reddit - not_an_account
https://www.reddit.com/search/?q=acme -> reddit - not_an_account
https://www.reddit.com/r/ -> reddit - not_an_account
https://redd.it/abc -> reddit - not_an_account
https://out.reddit.com/t3_x?url=https%3A%2F%2Fgithub.com%2Facme&token=1 -> github acme profile
# Telegram, WhatsApp, Discord
https://t.me/acmecity -> telegram acmecity profile
https://t.me/s/acmecity -> telegram acmecity profile
https://telegram.me/acmecity -> telegram acmecity profile
https://telegram.dog/acmecity -> telegram acmecity profile
https://acmecity.t.me/ -> telegram acmecity profile
https://t.me/acmecity/123 -> telegram acmecity post
https://t.me/acmecity?start=1 -> telegram acmecity profile
https://web.telegram.org/k/#@acmecity -> telegram acmecity profile
https://web.telegram.org/a/#-2128400000 -> telegram -2128400000 profile
tg://resolve?domain=acmecity -> telegram acmecity profile
https://t.me/joinchat/AAAAAEabc-_DEF -> telegram AAAAAEabc-_DEF invite
https://t.me/+AAAAAEabc-_DEF -> telegram AAAAAEabc-_DEF invite
https://t.me/share/url?url=x -> telegram - not_an_account
https://t.me/addstickers/acme -> telegram - not_an_account
https://telegram.org/ -> telegram - not_an_account
https://wa.me/15551234567 -> whatsapp 15551234567 profile
https://wa.me/+15551234567?text=hi -> whatsapp 15551234567 profile
https://api.whatsapp.com/send?phone=15551234567 -> whatsapp 15551234567 profile
https://api.whatsapp.com/send?phone=+1 555 123-4567&text=hi -> whatsapp 15551234567 profile
https://chat.whatsapp.com/AbCdEf012345 -> whatsapp AbCdEf012345 group
https://whatsapp.com/channel/0029VaAbCd -> whatsapp 0029VaAbCd channel
https://api.whatsapp.com/send?text=hello -> whatsapp - not_an_account
https://wa.me/?text=hello -> whatsapp - not_an_account
https://www.whatsapp.com/ -> whatsapp - not_an_account
https://www.whatsapp.com/download -> whatsapp - not_an_account
https://discord.gg/AcMeCity -> discord AcMeCity invite
https://discord.com/invite/AcMeCity -> discord AcMeCity invite
https://discordapp.com/invite/AcMeCity -> discord AcMeCity invite
https://discord.com/channels/123456789012345678/1 -> discord 123456789012345678 server
https://discord.com/users/123456789012345678 -> discord 123456789012345678 user_id
https://sub.discord.com/invite/AcMeCity -> discord AcMeCity invite
https://discord.com/login -> discord - not_an_account
https://discord.com/ -> discord - not_an_account
# Medium, WordPress, Substack
https://medium.com/@AcmeCity -> medium AcmeCity profile
https://medium.com/@acme/hello-world-0123456789ab -> medium acme post
https://medium.com/@acme/about -> medium acme profile
https://acme.medium.com/ -> medium acme profile
https://acme.medium.com/hello-0123456789ab -> medium acme post
https://medium.com/acme-design -> medium acme-design publication
https://medium.com/acme-design/hello-0123456789ab -> medium acme-design post
https://medium.com/feed/@acme -> medium acme profile
https://medium.com/p/0123456789ab -> medium - not_an_account
https://medium.com/tag/acme -> medium - not_an_account
https://medium.com/ -> medium - not_an_account
https://help.medium.com/ -> medium - not_an_account
http://acmecity.wordpress.com/ -> wordpress acmecity profile
https://www.acmecity.wordpress.com/about/ -> wordpress acmecity profile
https://acmecity.wordpress.com/2012/05/01/hello/ -> wordpress acmecity post
https://wordpress.com/view/acmecity.wordpress.com -> wordpress acmecity profile
https://wordpress.com/people/acme -> wordpress acme person
https://profiles.wordpress.org/acme/ -> wordpress acme contributor
https://acmecity.wordpress.com/2012/05/ -> wordpress acmecity profile
https://acmecity.wordpress.com/wp-admin/ -> wordpress acmecity profile
https://subscribe.wordpress.com/ -> wordpress - not_an_account
https://wordpress.com/ -> wordpress - not_an_account
https://wordpress.org/plugins/acme -> wordpress - not_an_account
https://acmecity.substack.com/ -> substack acmecity publication
https://acmecity.substack.com/about -> substack acmecity publication
https://acmecity.substack.com/p/hello -> substack acmecity post
https://open.substack.com/pub/acmecity/p/hello -> substack acmecity post
https://substack.com/@acme -> substack acme profile
https://substack.com/profile/123456-jane-riverton -> substack 123456 user_id
https://substack.com/ -> substack - not_an_account
https://substack.com/discover -> substack - not_an_account
# Twitch, SoundCloud, SlideShare, Patreon
https://www.twitch.tv/acme_city -> twitch acme_city profile
https://m.twitch.tv/acme/videos -> twitch acme profile
https://www.twitch.tv/acme/clip/AbC -> twitch acme post
https://player.twitch.tv/?channel=acme -> twitch acme profile
https://www.twitch.tv/videos/123 -> twitch - not_an_account
https://www.twitch.tv/directory/game/Chess -> twitch - not_an_account
https://clips.twitch.tv/AbC -> twitch - not_an_account
https://soundcloud.com/acme-city -> soundcloud acme-city profile
https://m.soundcloud.com/acme/tracks -> soundcloud acme profile
https://soundcloud.com/acme/hello-song -> soundcloud acme post
https://soundcloud.com/acme/sets/hello -> soundcloud acme post
https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/acme -> soundcloud acme profile
https://soundcloud.com/discover -> soundcloud - not_an_account
https://on.soundcloud.com/AbC -> soundcloud - not_an_account
http://www.slideshare.net/AcmeCity -> slideshare AcmeCity profile
https://www.slideshare.net/acme-city/ -> slideshare acme-city profile
https://www.slideshare.net/acme/presentations -> slideshare acme profile
https://www.slideshare.net/acme/our-deck-123 -> slideshare acme post
https://www.slideshare.net/mobile/acme/our-deck-123 -> slideshare acme post
https://www.slideshare.net/slideshow/our-deck/123 -> slideshare - not_an_account
https://www.slideshare.net/ -> slideshare - not_an_account
https://www.patreon.com/acme -> patreon acme profile
https://www.patreon.com/c/acme/posts -> patreon acme profile
https://www.patreon.com/user?u=123456 -> patreon 123456 user_id
https://www.patreon.com/m/acme -> patreon acme profile
https://www.patreon.com/m/123456 -> patreon 123456 user_id
https://www.patreon.com/collection/123 -> patreon - not_an_account
https://www.patreon.com/posts/hello-123 -> patreon - not_an_account
https://www.patreon.com/login -> patreon - not_an_account
# VK, Wellfound, Dribbble, Behance
https://vk.com/acmecity -> vk acmecity profile
https://m.vk.com/acmecity -> vk acmecity profile
https://new.vk.com/acmecity -> vk acmecity profile
http://vkontakte.ru/acmecity -> vk acmecity profile
https://vk.com/id12345 -> vk id12345 profile
https://vk.com/club12345 -> vk club12345 group
https://vk.com/public12345 -> vk public12345 group
https://vk.com/wall-12345_678 -> vk club12345 post
https://vk.com/wall12345_678 -> vk id12345 post
https://vk.com/profile.php?id=12345 -> vk id12345 profile
https://vk.com/feed -> vk - not_an_account
https://vk.com/share.php?url=x -> vk - not_an_account
https://vk.com/login?u=2 -> vk - not_an_account
https://vk.com/away.php?to=https%3A%2F%2Ft.me%2Facme -> telegram acme profile
https://wellfound.com/company/acme -> wellfound acme company
https://wellfound.com/company/acme/jobs -> wellfound acme company
https://angel.co/acme -> wellfound acme company
https://angel.co/company/acme -> wellfound acme company
https://wellfound.com/u/jane -> wellfound jane profile
https://wellfound.com/jobs -> wellfound - not_an_account
https://dribbble.com/acme -> dribbble acme profile
https://dribbble.com/acme/shots -> dribbble acme profile
https://dribbble.com/shots/123-hello -> dribbble - not_an_account
https://www.behance.net/acme -> behance acme profile
https://www.behance.net/acme/projects -> behance acme profile
https://www.behance.net/gallery/123/hello -> behance - not_an_account
# Of the past
https://plus.google.com/+AcmeCity -> google_plus AcmeCity profile
https://plus.google.com/+AcmeCity/posts -> google_plus AcmeCity profile
https://plus.google.com/%2BAcmeCity -> google_plus AcmeCity profile
https://gplus.to/1234567890 -> google_plus 1234567890 user_id
https://plus.google.com/+Acm%C3%A9e/posts -> google_plus Acmée profile
https://plus.google.com/AcmeCity -> google_plus AcmeCity profile
https://plus.google.com/@AcmeCity -> google_plus AcmeCity profile
https://plus.google.com/+AcmeCity/photos/photo/6049000000000000001 -> google_plus AcmeCity post
https://plus.google.com/communities -> google_plus - not_an_account
https://plus.google.com/105187760000000000001 -> google_plus 105187760000000000001 user_id
https://plus.google.com/105187760000000000001/posts?hl=en -> google_plus 105187760000000000001 user_id
https://plus.google.com/u/0/105187760000000000001/about -> google_plus 105187760000000000001 user_id
https://plus.google.com/u/0/+AcmeCity -> google_plus AcmeCity profile
https://plus.google.com/b/105187760000000000001/+AcmeCity -> google_plus AcmeCity profile
https://plus.google.com/b/105187760000000000001/ -> google_plus 105187760000000000001 user_id
https://plus.google.com/b/105187760000000000001/105187760000000000001/posts -> google_plus 105187760000000000001 user_id
https://plus.google.com/communities/105187760000000000002 -> google_plus 105187760000000000002 community
https://plus.google.com/105187760000000000001/posts/p/pub -> google_plus 105187760000000000001 user_id
https://plus.google.com/105187760000000000001/posts/AbCdEf -> google_plus 105187760000000000001 post
https://www.google.com/+AcmeCity -> google_plus AcmeCity profile
https://profiles.google.com/acmecity -> google_plus acmecity profile
https://plus.google.com/share?url=x -> google_plus - not_an_account
https://plus.google.com/ -> google_plus - not_an_account
https://myspace.com/acmecity -> myspace acmecity profile
http://www.myspace.com/acmecity/music/songs -> myspace acmecity profile
http://profile.myspace.com/index.cfm?fuseaction=user.viewprofile&friendid=123456 -> myspace 123456 profile
http://blogs.myspace.com/acmecity -> myspace acmecity profile
http://myspace.de/acmecity -> myspace acmecity profile
https://myspace.com/discover -> myspace - not_an_account
https://foursquare.com/acmeparks -> foursquare acmeparks profile
https://foursquare.com/user/3045300 -> foursquare 3045300 user_id
https://foursquare.com/v/acme-city-hall/4b0588f1f964a5200000aaaa -> foursquare 4b0588f1f964a5200000aaaa venue
http://foursquare.com/venue/12345 -> foursquare 12345 venue
https://foursquare.com/page/12345 -> foursquare 12345 page
https://foursquare.com/explore?near=Acme -> foursquare - not_an_account
http://4sq.com/AbC -> foursquare - not_an_account
http://www.ustream.tv/channel/acme-city -> ustream acme-city channel
http://www.ustream.tv/acmecity -> ustream acmecity channel
http://www.ustream.tv/user/acmecity -> ustream acmecity user
https://video.ibm.com/channel/acme-city -> ustream acme-city channel
http://www.ustream.tv/channel-popup/acme-city -> ustream acme-city channel
http://www.ustream.tv/channel/id/12345 -> ustream 12345 channel
http://www.ustream.tv/recorded/123456 -> ustream - not_an_account
# How people type
www.twitter.com/acme -> x acme profile
twitter.com/acme -> x acme profile
TWITTER.COM/Acme -> x Acme profile
HTTPS://WWW.LINKEDIN.COM/IN/JaneRiverton/ -> linkedin JaneRiverton profile
htp://twitter.com/acme -> x acme profile
htttp://twitter.com/acme -> x acme profile
http:/twitter.com/acme -> x acme profile
http:twitter.com/acme -> x acme profile
https//twitter.com/acme -> x acme profile
https:///twitter.com/acme -> x acme profile
http://http://twitter.com/acme -> x acme profile
http://https://twitter.com/acme -> x acme profile
http;//twitter.com/acme -> x acme profile
http.//twitter.com/acme -> x acme profile
http:\\\\www.facebook.com\\acme -> facebook acme profile
//twitter.com/acme -> x acme profile
ttps://twitter.com/acme -> x acme profile
wwww.twitter.com/acme -> x acme profile
http://www,twitter.com/acme -> x acme profile
http://twitter.com//acme// -> x acme profile
http://twitter.com./acme -> x acme profile
http://twitter.com:80/acme -> x acme profile
https://twitter.com:443/acme -> x acme profile
http://user:secret@twitter.com/acme -> x acme profile
  https://twitter.com/acme   -> x acme profile
\u200bhttps://twitter.com/acme\u200b -> x acme profile
https://twitter.com/ac\u200bme -> x acme profile
\ufeffhttps://twitter.com/acme -> x acme profile
https://twitter.com/acme\u00a0 -> x acme profile
<https://twitter.com/acme> -> x acme profile
"https://twitter.com/acme" -> x acme profile
“https://twitter.com/acme” -> x acme profile
(https://twitter.com/acme) -> x acme profile
[Acme on X](https://twitter.com/acme) -> x acme profile
<a href="https://twitter.com/acme">Acme</a> -> x acme profile
https://twitter.com/acme. -> x acme profile
https://twitter.com/acme, -> x acme profile
https://twitter.com/acme; -> x acme profile
https://twitter.com/acme) -> x acme profile
https://twitter.com/acme! -> x acme profile
https://twitter.com/acme&lang=en -> x acme profile
https://twitter.com/acme%20 -> x acme profile
https://twitter.com/ acme -> x acme profile
Follow us: https://twitter.com/acme -> x acme profile
https://twitter.com/acme (English) -> x acme profile
https://twitter.com/acme https://facebook.com/acme -> x acme profile
https://twitter.com/acmehttps://facebook.com/acme -> x acme profile
https://twitter.com/acme|https://facebook.com/acme -> x acme profile
https://www.slideshare.net/acme/https://www.slideshare.net/acme/ -> slideshare acme profile
twitter.com/acmetwitter.com/acme -> x acme profile
https://facebook.com/help https://facebook.com/help -> facebook - not_an_account
www.facebook.com / acme -> facebook acme profile
https%3A%2F%2Ftwitter.com%2Facme -> x acme profile
https://twitter.com%2Facme -> x acme profile
http.www.facebook.com/acme -> facebook acme profile
://www.twitter.com/acme -> x acme profile
-https://www.twitter.com/acme -> x acme profile
https://twitter.com/acme@ -> x acme profile
twitter @acme -> x acme profile
@acme (Twitter) -> x acme profile
@acme on Instagram -> instagram acme profile
Twitter: @acme; Facebook: acmecity -> x acme profile
Twitter: @acme -> x acme profile
Facebook - acmecity -> facebook acmecity profile
https://www.facebook.com/acme&amp;ref=ts -> facebook acme profile
https://www.facebook.com/pages/Acme City/123456789 -> facebook 123456789 profile
https://web.archive.org/web/20150101000000/http://twitter.com/acme -> x acme profile
https://web.archive.org/web/2015*/http://twitter.com/acme -> x acme profile
https://web.archive.org/web/20120101000000/http://twitter.com/#!/acme -> x acme profile
https://twitter-com.translate.goog/acme?_x_tr_sl=en -> x acme profile
https://webcache.googleusercontent.com/search?q=cache:AbCdEf:https://twitter.com/acme -> x acme profile
https://www.google.com/url?q=https%3A%2F%2Fwww.facebook.com%2Facme&sa=D -> facebook acme profile
https://x.com/https://x.com/acme -> x acme profile
https://www.facebook.com/www.facebook.com/acme -> facebook acme profile
https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Ftwitter.com%2Facme&data=05 -> x acme profile
https://urldefense.com/v3/__https://twitter.com/acme__;!!x -> x acme profile
https://l.instagram.com/?u=https%3A%2F%2Facme.example%2F&e=1 -> - - website
# Not the platform
https://notfacebook.com/acme -> - - website
https://facebook.com.evil.example/acme -> - - website
https://facebook.com@evil.example/acme -> - - website
https://evil.example/facebook.com/acme -> - - website
https://www.linkedin.com/company/ac me-impact-team/ -> linkedin acme-impact-team company
http://facebook.com/home.phpAcmeState -> facebook AcmeState profile
http://AcmeNews.tumblr.com -> tumblr AcmeNews profile
WWW.AcmeNews.Tumblr.com/post/123/title -> tumblr AcmeNews post
HTTP://ACMENEWS.TUMBLR.COM/ -> tumblr acmenews profile
https://AcmeNews.wordpress.com/2012/ -> wordpress AcmeNews profile
https://wordpress.com/view/AcmeNews.wordpress.com -> wordpress AcmeNews profile
https://AcmeNews.substack.com/p/first -> substack AcmeNews post
https://www.facebook.com/202099000000001_2366000000000001 -> facebook 202099000000001 post
https://www.facebook.com/communitystandards -> facebook - not_an_account
https://www.facebook.com/donate/1102840000000001/1 -> facebook - not_an_account
https://www.facebook.com/fund/AcmeRelief/ -> facebook - not_an_account
https://bsky.app/profile/acme -> bluesky acme profile
https://twitter.com/en -> x en profile
https://twitter.com/en/privacy -> x - not_an_account
https://myspace.com/articles/news -> myspace - not_an_account
https://www.linkedin.com/in/a*b -> linkedin - not_an_account
http://twitter.com/#!/ http://twitter.com/#!/ -> x - not_an_account
https://www.tiktok.com/@acme_https://www.tiktok.com/@acme_ -> tiktok acme_ profile
https://evil.example/?u=https://facebook.com/acme -> - - website
https://www.youtube.com/user/AcmeAcmeAcmeAcmeAcmeAcmeAcmeAcmeAcmeAcmeAcmeAcmeAcmeAcmeAcmeAcme -> youtube - not_an_account
https://faceb\u043eok.com/acme -> - - unknown
https://xn--facebok-1yf.com/acme -> - - website
https://my-x.com/acme -> - - website
https://facebook.co/acme -> - - website
https://twitter.company/acme -> - - website
https://www.acme.example/contact -> - - website
acme.example -> - - website
https://acme.github.io -> - - website
jane@acme.example -> - - email
mailto:jane@acme.example -> - - email
You The Man -> - - unknown
877877 -> - - unknown
@acme -> - - unknown
acme -> - - unknown
tel:+15551234567 -> - - unknown
javascript:alert(1) -> - - unknown
http:// -> - - unknown
"""


def rows() -> list[tuple[str, str | None, str | None, str]]:
    """The table's rows; escapes such as ``\\u200b`` stand for their character."""
    found = []
    for line in TABLE.strip("\n").split("\n"):
        if line.startswith("# "):
            continue
        address, _, outcome = line.rpartition(" -> ")
        platform, handle, kind = outcome.split(" ")
        found.append((address, None if platform == "-" else platform, None if handle == "-" else handle, kind))
    return found


@pytest.mark.parametrize(("address", "platform", "handle", "kind"), rows())
def test_an_address_names_this_account(address: str, platform: str | None, handle: str | None, kind: str) -> None:
    found = recognise(address)
    assert (found.platform, found.handle, found.kind) == (platform, handle, kind)


@pytest.mark.parametrize("address", [row[0] for row in rows() if row[2] is not None])
def test_the_canonical_address_names_the_same_account(address: str) -> None:
    found = recognise(address)
    if found.url is None:
        assert found.account_kind is None
        return
    again = recognise(found.url)
    assert (again.platform, again.key, again.kind, again.url) == (
        found.platform,
        found.key,
        found.account_kind,
        found.url,
    )


def test_the_table_covers_every_platform_with_an_account_and_with_something_else() -> None:
    named = {platform for _, platform, handle, _ in rows() if handle}
    other = {platform for _, platform, handle, _ in rows() if platform and not handle}
    every = {spec.id for spec in PLATFORMS}
    assert named == every
    assert other == every

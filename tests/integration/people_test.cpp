// P42 (names), P46, P47: who is here.

#include <algorithm>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class People : public Room {
 protected:
  static server::Config config() {
    server::Config config = unlimited();
    config.sync.presence_seconds = 1;
    return config;
  }
  People() : Room{config()}, watcher{greeted({}, {channel})} {}

  /// Reads on from the count that was waited for before.
  void wait_for_people(int count) {
    const auto says_people = [](const Json& one) {
      return one.contains("signal") && one["signal"]["type"] == "people";
    };
    while (watcher.next(says_people)["signal"]["count"] != count) {
    }
  }
  Json list(Json more = Json::object()) const {
    more["webinar"] = webinar;
    return ok_of(server.operate("people.list", more, host, {}));
  }

  Socket watcher;
};

TEST_F(People, P42_names_are_1_to_60_plain_characters) {
  for (const std::string name :
       {"", " ", "\u200B", "Am\u202Eina", "Am\u200Bina", "Am\u2066ina", "Am\aina", "A\u200D"}) {
    EXPECT_NE(code_of(server.operate("session.guest", {{"webinar", webinar}, {"name", name}})), "") << Json(name);
  }
  EXPECT_EQ(code_of(server.operate("session.guest", {{"webinar", webinar}, {"name", std::string(61, 'x')}})),
            "too_long");
  for (const std::string& name :
       {std::string(60, 'x'), std::string{"Ѐлена"}, std::string{"አሚና"}, std::string{"أمينة"}}) {
    const Guest someone = guest(name);
    EXPECT_EQ(snapshot(someone.who(), "person/" + std::to_string(someone.person))["records"][0]["name"], name);
  }
  const Guest amina = guest("  Ce\u0301line   D.  ");
  EXPECT_EQ(snapshot(amina.who(), "person/" + std::to_string(amina.person))["records"][0]["name"], "Céline D.");
}

TEST_F(People, P46_people_are_counted_not_connections) {
  const Guest amina = guest("Amina");
  Socket phone = greeted(amina.who(), {channel});
  Socket laptop = greeted(amina.who(), {channel});
  wait_for_people(1);
  Socket other = greeted(guest("Bruno").who(), {channel});
  wait_for_people(2);
  Socket third = greeted(host, {channel});
  wait_for_people(3);
  const Json answer = snapshot({}, channel);
  EXPECT_NE(std::find(answer["signals"].begin(), answer["signals"].end(), Json({{"type", "people"}, {"count", 3}})),
            answer["signals"].end())
      << answer["signals"];
}

TEST_F(People, P46_who_dropped_is_away_a_while_later_and_who_flaps_is_not) {
  const Guest amina = guest("Amina");
  Socket other = greeted(guest("Bruno").who(), {channel});
  Socket phone = greeted(amina.who(), {channel});
  wait_for_people(2);
  phone.drop();
  Socket again = greeted(amina.who(), {channel});
  other.drop();
  wait_for_people(1);
  const Json people = list();
  EXPECT_EQ(people["count"], 2);
  EXPECT_EQ(people["present"], 1);
  for (const Json& person : people["people"]) EXPECT_EQ(person["present"], person["name"] == "Amina") << person;
  for (const Json& one : watcher.log()) {
    EXPECT_FALSE(one.contains("signal") && one["signal"]["count"] == 0) << "Amina was never away";
  }
}

TEST_F(People, P46_the_list_is_the_hosts) {
  const Guest amina = guest("Amina");
  Socket here = greeted(amina.who(), {channel});
  wait_for_people(1);
  EXPECT_EQ(code_of(server.operate("people.list", {{"webinar", webinar}}, amina.who(), {})), "forbidden");
  EXPECT_EQ(code_of(server.operate("people.list", {{"webinar", webinar}}, {server.token_of("member")}, {})),
            "forbidden");
  EXPECT_EQ(code_of(server.operate("people.list", {{"webinar", webinar}}, {}, {})), "sign_in_required");
  for (const std::string who : {"host", "moderator", "admin"}) {
    const Json people = ok_of(server.operate("people.list", {{"webinar", webinar}}, {server.token_of(who)}, {}));
    EXPECT_EQ(people["people"][0]["name"], "Amina") << who;
  }
}

TEST_F(People, P46_everybodys_who_joined_where_the_webinar_says_so_before) {
  const auto open_names = live_webinar("public", "names");
  const Json record = snapshot({}, webinar_channel(open_names))["records"][0];
  EXPECT_EQ(record["peopleVisible"], "names");
  const Guest amina = guest("Amina", open_names);
  ok_of(server.operate("people.list", {{"webinar", open_names}}, amina.who(), {}));
  ok_of(server.operate("people.list", {{"webinar", open_names}}, {server.token_of("member")}, {}));
  EXPECT_EQ(code_of(server.operate("people.list", {{"webinar", open_names}}, {}, {})), "sign_in_required");
  EXPECT_EQ(code_of(server.operate("people.list", {{"webinar", open_names}}, guest("Visitor").who(), {})),
            "sign_in_required");
}

TEST_F(People, P46_the_list_is_searched_and_paged) {
  std::vector<Socket> sockets;
  const std::vector<std::string> names{"Hélène Œuvrard", "Helen", "Bruno", "Zoé", "Ali", "አሚና"};
  for (const auto& name : names) sockets.push_back(greeted(guest(name).who(), {channel}));
  wait_for_people(static_cast<int>(names.size()));
  EXPECT_EQ(list({{"search", "helen"}})["count"], 2);
  EXPECT_EQ(list({{"search", "oeuvrard"}})["people"][0]["name"], "Hélène Œuvrard");
  EXPECT_EQ(list({{"search", "አሚ"}})["count"], 1);
  EXPECT_EQ(list({{"search", "%"}})["count"], 0);
  std::vector<std::string> found;
  for (Json page = list({{"limit", 2}});; page = list({{"limit", 2}, {"after", page["next"]}})) {
    EXPECT_EQ(page["count"], 6);
    EXPECT_EQ(page["present"], 6);
    for (const Json& person : page["people"]) found.push_back(text_in(person, "name"));
    if (!page.contains("next")) break;
  }
  std::vector<std::string> expected = names;
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, expected);
}

TEST_F(People, P47_typing_is_a_number_and_names_nobody) {
  const Guest amina = guest("Amina");
  const Guest bruno = guest("Bruno");
  Socket of_amina = greeted(amina.who());
  ok_of(of_amina.ask("typing", {{"webinar", webinar}}));
  ok_of(of_amina.ask("typing", {{"webinar", webinar}}));
  (void)watcher.next(signal_of(channel, {{"type", "typing"}, {"count", 1}}));
  Socket of_bruno = greeted(bruno.who());
  ok_of(of_bruno.ask("typing", {{"webinar", webinar}}));
  ok_of(of_amina.ask("typing", {{"webinar", webinar}}));
  (void)watcher.next(signal_of(channel, {{"type", "typing"}, {"count", 2}}));
  (void)watcher.next(signal_of(channel, {{"type", "typing"}, {"count", 0}}));
  EXPECT_EQ(code_of(greeted({}).ask("typing", {{"webinar", webinar}})), "sign_in_required");
}

}  // namespace
}  // namespace plenary::test

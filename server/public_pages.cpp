#include "server/public_pages.hpp"

#include <fmt/chrono.h>

#include <algorithm>

#include "server/access/caller.hpp"
#include "server/domain/boards.hpp"
#include "server/domain/threads.hpp"
#include "server/net/html.hpp"
#include "storage/channels.hpp"
#include "storage/threads.hpp"

namespace plenary::server {

using net::escaped;
using net::html_of;
using protocol::Json;

namespace {

constexpr protocol::Pos posts_on_a_page = 50;
constexpr std::size_t entries_in_a_feed = 30;

/// What the pages say beside what people wrote.
struct Words {
  const char* boards;
  const char* news;
  const char* no_thread;
  const char* more_threads;
  const char* earlier_posts;
  const char* later_posts;
  const char* no_name;
  const char* removed_by_author;
  const char* removed_by_moderator;
  const char* removed_thread;
  const char* posts;
  const char* answer;
  const char* webinar_scheduled;
  const char* webinar_live;
  const char* webinar_ended;
  const char* carried;
};
constexpr Words english{"Boards",
                        "What’s New",
                        "There is no thread yet.",
                        "More threads",
                        "Earlier posts",
                        "Later posts",
                        "Without a name",
                        "The author removed this post.",
                        "A moderator removed this post. Its author was told why.",
                        "This thread was removed.",
                        "Posts: {}",
                        "Accepted answer",
                        "A webinar is announced.",
                        "The webinar is live now.",
                        "The webinar took place.",
                        "Questions that go on as threads: {}"};
constexpr Words french{"Forums",
                       "Nouveautés",
                       "Il n’y a pas encore de fil.",
                       "D’autres fils",
                       "Messages précédents",
                       "Messages suivants",
                       "Sans nom",
                       "La personne qui l’a écrit a retiré ce message.",
                       "Un modérateur a retiré ce message. La personne qui l’a écrit sait pourquoi.",
                       "Ce fil a été retiré.",
                       "Messages : {}",
                       "Réponse retenue",
                       "Un webinaire est annoncé.",
                       "Le webinaire a lieu en ce moment.",
                       "Le webinaire a eu lieu.",
                       "Questions qui se poursuivent dans des fils : {}"};

const Words& words_of(net::Language language) { return language == net::Language::fr ? french : english; }

const std::string& in(net::Language language, const protocol::LocalText& text) {
  return language == net::Language::fr ? text.fr : text.en;
}

std::string text_in(const Json& object, const char* member) { return object.value(member, std::string{}); }
std::int64_t number_in(const Json& object, const char* member) { return object.value(member, std::int64_t{0}); }
std::string in(net::Language language, const Json& text) {
  return text_in(text, language == net::Language::fr ? "fr" : "en");
}

/// RFC 3339, which Atom's dates and HTML's are.
std::string date_of(std::int64_t milliseconds, const char* pattern = "{:%Y-%m-%dT%H:%M:%SZ}") {
  return fmt::format(fmt::runtime(pattern), fmt::gmtime(static_cast<std::time_t>(milliseconds / 1'000)));
}

std::string time_element(std::int64_t milliseconds) {
  return "<time datetime=\"" + date_of(milliseconds) + "\">" + date_of(milliseconds, "{:%Y-%m-%d %H:%M} UTC") +
         "</time>";
}

std::string count(const char* sentence, std::int64_t number) { return fmt::format(fmt::runtime(sentence), number); }

std::string link(const std::string& address, std::string_view text, std::string_view lang = {}) {
  std::string out = "<a href=\"" + escaped(address) + "\"";
  if (!lang.empty()) out += " lang=\"" + escaped(lang) + "\"";
  return out + " dir=\"auto\">" + escaped(text) + "</a>";
}

std::string address_of(const char* prefix, std::int64_t id) { return prefix + std::to_string(id); }

bool is_everybodys(const storage::BoardRow& board) {
  return access::standing(access::Caller{}, board) != access::Standing::outsider;
}

std::vector<Json> decoded(const std::vector<storage::StoredRecord>& records, std::string_view type) {
  std::vector<Json> found;
  for (const auto& record : records) {
    if (record.type != type || record.gone) continue;
    std::string encoded;
    storage::append_record(encoded, record);
    found.push_back(protocol::parse_json(encoded).value());
  }
  return found;
}

/// The newest first.
std::vector<Json> activities(storage::Connection& connection) {
  const auto head = storage::read_head(connection, access::news_channel(protocol::Visibility::public_));
  if (!head) return {};
  auto found = decoded(storage::state_records(connection, head->id), "activity");
  std::sort(found.begin(), found.end(),
            [](const Json& a, const Json& b) { return number_in(a, "seq") > number_in(b, "seq"); });
  return found;
}

std::vector<Json> posts_between(storage::Connection& connection, const storage::ChannelHead& head, protocol::Pos first,
                                protocol::Pos last) {
  return decoded(storage::timeline_records(connection, head.id, first, last), "post");
}

/// What is told of, where it is, and what is new about it.
struct Told {
  std::string address;
  std::string title;
  std::string lang;
  std::string news;
};

Told told_of(const Json& activity, net::Language language) {
  const Words& says = words_of(language);
  if (activity.contains("thread")) {
    const Json& thread = activity["thread"];
    return {address_of("/t/", number_in(thread, "thread")), text_in(thread, "title"), text_in(thread, "lang"),
            in(language, thread["boardName"]) + " · " + count(says.posts, number_in(thread, "posts"))};
  }
  if (activity.contains("webinar")) {
    const Json& webinar = activity["webinar"];
    const std::string state = text_in(webinar, "state");
    const char* const news = state == "live"    ? says.webinar_live
                             : state == "ended" ? says.webinar_ended
                                                : says.webinar_scheduled;
    return {address_of("/w/", number_in(webinar, "webinar")), in(language, webinar["title"]), {}, news};
  }
  const Json& carried = activity["carried"];
  return {address_of("/b/", number_in(carried, "board")),
          in(language, carried["title"]),
          {},
          count(says.carried, number_in(carried, "threads")) + " · " + in(language, carried["boardName"])};
}

net::PageContent boards_page(storage::Connection& connection, net::Language language) {
  const Words& says = words_of(language);
  net::PageContent page{says.boards, {}, "/news.atom"};
  page.html = "<h1>" + std::string{says.boards} + "</h1><ul>";
  for (const auto& board : domain::list_boards(connection, {}).boards) {
    page.html += "<li>" + link(address_of("/b/", board.id.value), in(language, board.name)) + "<p>" +
                 escaped(in(language, board.purpose)) + "</p></li>";
  }
  page.html += "</ul><p>" + link("/news", says.news) + "</p>";
  return page;
}

net::PageContent news_page(storage::Connection& connection, net::Language language) {
  const Words& says = words_of(language);
  net::PageContent page{says.news, {}, "/news.atom"};
  page.html = "<h1>" + std::string{says.news} + "</h1><ul>";
  for (const Json& activity : activities(connection)) {
    const Told told = told_of(activity, language);
    page.html += "<li>" + link(told.address, told.title, told.lang) + "<p>" + escaped(told.news) + " · " +
                 time_element(number_in(activity, "at")) + "</p></li>";
  }
  page.html += "</ul><p>" + link("/boards", says.boards) + "</p>";
  return page;
}

net::PageContent board_page(storage::Connection& connection, protocol::BoardId id, const net::PageRequest& request) {
  const auto board = storage::find_board(connection, id);
  if (!board || !is_everybodys(*board)) return {};
  const Words& says = words_of(request.language);
  const std::string address = address_of("/b/", id.value);
  net::PageContent page{in(request.language, board->name), {}, address + ".atom"};
  page.html = "<p>" + link("/boards", says.boards) + "</p><h1 dir=\"auto\">" + escaped(page.title) + "</h1><p>" +
              escaped(in(request.language, board->purpose)) + "</p>";
  std::optional<std::string> after;
  if (!request.after.empty()) after = request.after;
  const auto threads = domain::list_threads(connection, {}, {id, after, std::nullopt});
  if (!threads) return page;
  if (threads->threads.empty()) page.html += "<p>" + std::string{says.no_thread} + "</p>";
  page.html += "<ul>";
  for (const auto& one : threads->threads) {
    const Json thread = protocol::parse_json(one.text).value();
    page.html += "<li>" +
                 link(address_of("/t/", number_in(thread, "id")), text_in(thread, "title"), text_in(thread, "lang")) +
                 "<p>" + count(says.posts, number_in(thread, "posts")) + " · " +
                 time_element(number_in(thread, "lastAt")) + "</p></li>";
  }
  page.html += "</ul>";
  if (threads->next) page.html += "<p>" + link(address + "?after=" + *threads->next, says.more_threads) + "</p>";
  return page;
}

std::string post_html(const Json& post, net::Language language, std::int64_t answer) {
  const Words& says = words_of(language);
  std::string out = "<article id=\"p" + std::to_string(number_in(post, "pos")) + "\">";
  if (post.contains("state")) {
    return out + "<p>" + (text_in(post, "by") == "author" ? says.removed_by_author : says.removed_by_moderator) +
           "</p></article>";
  }
  const std::string name = post.contains("author") ? text_in(post["author"], "name") : std::string{says.no_name};
  out += "<p><strong dir=\"auto\">" + escaped(name) + "</strong> · " + time_element(number_in(post, "at"));
  if (number_in(post, "id") == answer) out += " · <strong>" + std::string{says.answer} + "</strong>";
  return out + "</p><div lang=\"" + escaped(text_in(post, "lang")) + "\" dir=\"auto\">" +
         html_of(protocol::parse_markdown(text_in(post, "text"))) + "</div></article>";
}

net::PageContent thread_page(storage::Connection& connection, protocol::ThreadId id, const net::PageRequest& request) {
  const auto thread = storage::find_thread(connection, id);
  const auto board = thread ? storage::find_board(connection, thread->board) : std::nullopt;
  if (!board || !is_everybodys(*board)) return {};
  const Words& says = words_of(request.language);
  const std::string back = "<p>" + link(address_of("/b/", board->id.value), in(request.language, board->name)) + "</p>";
  if (thread->removed_as) return {{}, back + "<p>" + says.removed_thread + "</p>", {}};
  const std::string address = address_of("/t/", id.value);
  net::PageContent page{thread->title, {}, address + ".atom"};
  page.html = back + "<h1 lang=\"" + escaped(thread->lang) + "\" dir=\"auto\">" + escaped(thread->title) + "</h1>";
  const auto head = storage::read_head(connection, access::thread_channel(id));
  if (!head) return page;
  const protocol::Pos first = std::clamp<protocol::Pos>(request.from, 1, std::max<protocol::Pos>(1, head->pos));
  const std::int64_t answer = thread->answer ? thread->answer->value : 0;
  for (const Json& post : posts_between(connection, *head, first, first + posts_on_a_page - 1)) {
    page.html += post_html(post, request.language, answer);
  }
  const auto to = [&](protocol::Pos pos, const char* text) {
    page.html += "<p>" + link(address + "?from=" + std::to_string(std::max<protocol::Pos>(1, pos)), text) + "</p>";
  };
  if (first > 1) to(first - posts_on_a_page, says.earlier_posts);
  if (first + posts_on_a_page <= head->pos) to(first + posts_on_a_page, says.later_posts);
  return page;
}

// ---- feeds

struct Entry {
  std::string address;
  std::string title;
  std::string author;
  std::string lang;
  std::int64_t at = 0;
  std::string html;
};

std::string feed_of(const std::string& origin, const std::string& path, const std::string& title,
                    const std::string& page, const std::vector<Entry>& entries) {
  std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>" +
                    escaped(origin + path) + "</id><title>" + escaped(title) + "</title><link rel=\"self\" href=\"" +
                    escaped(origin + path) + "\"/><link rel=\"alternate\" href=\"" + escaped(origin + page) +
                    "\"/><updated>" + date_of(entries.empty() ? 0 : entries.front().at) + "</updated>";
  for (const Entry& entry : entries) {
    out += "<entry><id>" + escaped(origin + entry.address) + "</id><title>" + escaped(entry.title) +
           "</title><updated>" + date_of(entry.at) + "</updated><author><name>" + escaped(entry.author) +
           "</name></author><link href=\"" + escaped(origin + entry.address) + "\"/><content type=\"html\"";
    if (!entry.lang.empty()) out += " xml:lang=\"" + escaped(entry.lang) + "\"";
    out += ">" + escaped(entry.html) + "</content></entry>";
  }
  return out + "</feed>\n";
}

std::string name_in(const Json& record, const char* member, net::Language language) {
  return record.contains(member) ? text_in(record[member], "name") : std::string{words_of(language).no_name};
}

std::string news_feed(storage::Connection& connection, const net::PageRequest& request) {
  std::vector<Entry> entries;
  for (const Json& activity : activities(connection)) {
    if (entries.size() == entries_in_a_feed) break;
    const Told told = told_of(activity, request.language);
    entries.push_back({told.address + "#news-" + std::to_string(number_in(activity, "id")), told.title,
                       name_in(activity, "by", request.language), told.lang, number_in(activity, "at"),
                       "<p>" + escaped(told.news) + "</p>"});
  }
  return feed_of(request.origin, "/news.atom", words_of(request.language).news, "/news", entries);
}

std::optional<std::string> board_feed(storage::Connection& connection, protocol::BoardId id,
                                      const net::PageRequest& request) {
  const auto board = storage::find_board(connection, id);
  if (!board || !is_everybodys(*board)) return std::nullopt;
  const auto threads =
      domain::list_threads(connection, {}, {id, std::nullopt, static_cast<std::int64_t>(entries_in_a_feed)});
  std::vector<Entry> entries;
  for (const auto& one : threads->threads) {
    const Json thread = protocol::parse_json(one.text).value();
    entries.push_back({address_of("/t/", number_in(thread, "id")), text_in(thread, "title"),
                       name_in(thread, "lastBy", request.language), text_in(thread, "lang"),
                       number_in(thread, "lastAt"),
                       "<p>" + count(words_of(request.language).posts, number_in(thread, "posts")) + "</p>"});
  }
  const std::string page = address_of("/b/", id.value);
  return feed_of(request.origin, page + ".atom", in(request.language, board->name), page, entries);
}

std::optional<std::string> thread_feed(storage::Connection& connection, protocol::ThreadId id,
                                       const net::PageRequest& request) {
  const auto thread = storage::find_thread(connection, id);
  const auto board = thread ? storage::find_board(connection, thread->board) : std::nullopt;
  if (!board || !is_everybodys(*board) || thread->removed_as) return std::nullopt;
  const std::string page = address_of("/t/", id.value);
  std::vector<Entry> entries;
  const auto head = storage::read_head(connection, access::thread_channel(id));
  const auto newest =
      head ? posts_between(connection, *head, head->pos - posts_on_a_page, head->pos) : std::vector<Json>{};
  for (auto post = newest.rbegin(); post != newest.rend() && entries.size() < entries_in_a_feed; ++post) {
    if (post->contains("state")) continue;
    entries.push_back({page + "#p" + std::to_string(number_in(*post, "pos")), thread->title,
                       name_in(*post, "author", request.language), text_in(*post, "lang"), number_in(*post, "at"),
                       html_of(protocol::parse_markdown(text_in(*post, "text")))});
  }
  return feed_of(request.origin, page + ".atom", thread->title, page, entries);
}

}  // namespace

net::PageContent read_public_page(storage::Connection& connection, const net::PageAddress& address,
                                  const net::PageRequest& request) {
  switch (address.of) {
    case net::PageOf::house: return {};
    case net::PageOf::boards: return boards_page(connection, request.language);
    case net::PageOf::news: return news_page(connection, request.language);
    case net::PageOf::board: return board_page(connection, protocol::BoardId{address.id}, request);
    case net::PageOf::thread: return thread_page(connection, protocol::ThreadId{address.id}, request);
    case net::PageOf::webinar: {
      const auto webinar = storage::find_webinar(connection, protocol::WebinarId{address.id});
      const access::Caller nobody;
      if (!webinar || access::standing(connection, nobody, *webinar) == access::Standing::outsider) return {};
      return {in(request.language, webinar->title), {}, {}};
    }
  }
  return {};
}

std::optional<std::string> read_feed(storage::Connection& connection, const net::FeedAddress& address,
                                     const net::PageRequest& request) {
  switch (address.of) {
    case net::PageOf::news: return news_feed(connection, request);
    case net::PageOf::board: return board_feed(connection, protocol::BoardId{address.id}, request);
    case net::PageOf::thread: return thread_feed(connection, protocol::ThreadId{address.id}, request);
    default: return std::nullopt;
  }
}

}  // namespace plenary::server

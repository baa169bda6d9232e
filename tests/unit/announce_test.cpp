#include "server/cli/announce.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <qrencode.h>

#include <memory>
#include <sstream>

#include "server/cli/local_network.hpp"
#include "server/cli/qr_code.hpp"

namespace plenary::server::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string announced(const Announcement& announcement) {
  std::ostringstream out;
  announce(out, announcement);
  return out.str();
}

Announcement at(const std::string& listen) {
  Announcement announcement;
  announcement.server.listen = ListenAddress::parse(listen).value();
  announcement.port = 8080;
  return announcement;
}

TEST(Announcement, is_an_address_one_can_open) {
  EXPECT_THAT(announced(at("127.0.0.1:0")), HasSubstr("listens at http://127.0.0.1:8080\n"));
  EXPECT_THAT(announced(at("0.0.0.0:0")), HasSubstr("listens at http://127.0.0.1:8080\n"));
  EXPECT_THAT(announced(at("[::]:0")), HasSubstr("listens at http://[::1]:8080\n"));
  EXPECT_THAT(announced(at("[::1]:0")), HasSubstr("listens at http://[::1]:8080\n"));
  EXPECT_THAT(announced(at("192.168.1.5:0")), HasSubstr("listens at http://192.168.1.5:8080\n"));
}

TEST(Announcement, has_one_click_links_only_in_the_demo) {
  auto announcement = at("127.0.0.1:0");
  EXPECT_THAT(announced(announcement), Not(HasSubstr("/demo/")));
  announcement.demo = true;
  for (const char* role : {"host", "member", "moderator", "admin"}) {
    EXPECT_THAT(announced(announcement), HasSubstr("http://127.0.0.1:8080/demo/" + std::string{role} + "\n"));
  }
}

TEST(Announcement, has_the_set_up_link_under_the_address_people_use) {
  auto announcement = at("127.0.0.1:0");
  announcement.setup_token = "TOKEN";
  EXPECT_THAT(announced(announcement), HasSubstr("  http://127.0.0.1:8080/enter#TOKEN\n"));
  announcement.server.public_url = "https://meet.example.org";
  EXPECT_THAT(announced(announcement), HasSubstr("  https://meet.example.org/enter#TOKEN\n"));
  EXPECT_THAT(announced(announcement), HasSubstr("People reach it at https://meet.example.org\n"));
}

TEST(Announcement, has_the_networks_address_and_its_code_when_asked) {
  auto announcement = at("0.0.0.0:0");
  announcement.neighbours_address = "192.168.1.5";
  EXPECT_THAT(announced(announcement), Not(HasSubstr("192.168.1.5")));
  announcement.lan = true;
  EXPECT_THAT(announced(announcement), HasSubstr("On the local network: http://192.168.1.5:8080\n"));
  EXPECT_THAT(announced(announcement), HasSubstr(qr_code("http://192.168.1.5:8080")));
  EXPECT_THAT(announced(announcement), Not(HasSubstr("\033")));
  announcement.is_terminal = true;
  EXPECT_THAT(announced(announcement), HasSubstr("\033[97;40m" + qr_code("http://192.168.1.5:8080") + "\033[0m"));
  announcement.neighbours_address.reset();
  EXPECT_THAT(announced(announcement), HasSubstr("on no network"));
}

/// Half blocks back into rows of modules; true is dark.
std::vector<std::vector<bool>> modules_of(const std::string& code) {
  std::vector<std::vector<bool>> rows;
  std::istringstream lines{code};
  for (std::string line; std::getline(lines, line);) {
    std::vector<bool> upper;
    std::vector<bool> lower;
    for (std::size_t i = 0; i < line.size();) {
      const bool is_space = line[i] == ' ';
      const auto glyph = is_space ? std::string{" "} : line.substr(i, 3);
      i += glyph.size();
      upper.push_back(glyph != "█" && glyph != "▀");
      lower.push_back(glyph != "█" && glyph != "▄");
    }
    rows.push_back(upper);
    rows.push_back(lower);
  }
  return rows;
}

TEST(QrCode, has_every_module_where_it_belongs_and_a_light_frame) {
  for (const std::string text : {"http://192.168.1.5:8080", "https://a-much-longer-name.meet.example.org/w/123456"}) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> expected{
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L), &QRcode_free};
    ASSERT_TRUE(expected);
    const auto rows = modules_of(qr_code(text));
    const int width = expected->width;
    ASSERT_GE(rows.size(), static_cast<std::size_t>(width + 4));
    for (int row = -2; row < width + 2; ++row) {
      const auto& modules = rows[static_cast<std::size_t>(row + 2)];
      ASSERT_EQ(modules.size(), static_cast<std::size_t>(width + 4));
      for (int column = -2; column < width + 2; ++column) {
        const bool is_inside = row >= 0 && column >= 0 && row < width && column < width;
        const bool is_dark = is_inside && (expected->data[row * width + column] & 1U) != 0;
        EXPECT_EQ(modules[static_cast<std::size_t>(column + 2)], is_dark) << row << ", " << column;
      }
    }
  }
}

TEST(QrCode, is_empty_for_a_text_too_long_for_one) { EXPECT_EQ(qr_code(std::string(4'000, 'x')), ""); }

TEST(LocalNetwork, a_phone_reaches_the_private_address_of_real_hardware) {
  EXPECT_EQ(best_for_neighbours({{"docker0", "172.17.0.1"}, {"eth0", "203.0.113.7"}, {"wlan0", "192.168.1.5"}}),
            "192.168.1.5");
  EXPECT_EQ(best_for_neighbours({{"eth0", "203.0.113.7"}, {"virbr0", "192.168.122.1"}}), "192.168.122.1");
  EXPECT_EQ(best_for_neighbours({{"eth0", "203.0.113.7"}}), "203.0.113.7");
  EXPECT_EQ(best_for_neighbours({{"eth0", "172.32.0.1"}, {"eth1", "172.16.0.1"}}), "172.16.0.1");
  EXPECT_EQ(best_for_neighbours({{"eth0", "10.1.2.3"}, {"eth1", "192.168.0.1"}}), "10.1.2.3") << "the first of equals";
  EXPECT_EQ(best_for_neighbours({}), std::nullopt);
}

TEST(LocalNetwork, the_loopback_is_no_network) {
  for (const auto& found : network_addresses()) EXPECT_THAT(found.address, Not(StartsWith("127.")));
}

}  // namespace
}  // namespace plenary::server::cli

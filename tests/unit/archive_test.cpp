#include "server/ops/archive.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <system_error>

#include "tests/support/temporary_folder.hpp"

namespace plenary::server::ops {
namespace {

constexpr protocol::Timestamp noon{1'780'000'000'000};

std::string bytes_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream{file, std::ios::binary}.rdbuf();
  return text.str();
}

struct Archives : ::testing::Test {
  std::filesystem::path file(const std::string& name, const std::string& bytes) {
    std::ofstream{folder / name, std::ios::binary} << bytes;
    return folder / name;
  }
  test::TemporaryFolder folder;
  std::filesystem::path archive = folder / "a.plenary";
};

TEST_F(Archives, parts_come_back_byte_for_byte_with_their_hashes) {
  std::string big;
  for (std::uint64_t i = 0; i < 300'000; ++i) big += static_cast<char>(i * i >> 3);
  ArchivePart written_big;
  ArchivePart written_empty;
  {
    ArchiveWriter writer{archive, noon};
    written_big = writer.add_file("big é", file("big", big));
    written_empty = writer.add_file("empty", file("empty", ""));
    writer.add_text("words", "abc");
    writer.finish();
  }
  EXPECT_EQ(written_big.bytes, 300'000);
  EXPECT_EQ(written_empty.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  ArchiveReader reader{archive};
  EXPECT_EQ(reader.next(), "big é");
  const auto read_big = reader.extract_to(folder / "big again");
  EXPECT_EQ(read_big.bytes, written_big.bytes);
  EXPECT_EQ(read_big.sha256, written_big.sha256);
  EXPECT_EQ(bytes_of(folder / "big again"), big);
  EXPECT_EQ(reader.next(), "empty");
  EXPECT_EQ(reader.extract_to(folder / "empty again").bytes, 0);
  EXPECT_EQ(reader.next(), "words");
  EXPECT_EQ(reader.text(3), "abc");
  EXPECT_EQ(reader.next(), std::nullopt);
}

TEST_F(Archives, one_is_for_its_owner_only) {
  ArchiveWriter{archive, noon}.finish();
  EXPECT_EQ(std::filesystem::status(archive).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Archives, an_unfinished_one_leaves_the_earlier_one_and_nothing_else) {
  file("a.plenary", "earlier");
  {
    ArchiveWriter writer{archive, noon};
    writer.add_text("words", "abc");
  }
  EXPECT_EQ(bytes_of(archive), "earlier");
  const std::filesystem::directory_iterator files{folder.path()};
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(Archives, a_text_longer_than_asked_for_is_refused) {
  {
    ArchiveWriter writer{archive, noon};
    writer.add_text("words", "abcd");
    writer.finish();
  }
  ArchiveReader reader{archive};
  reader.next();
  EXPECT_THROW(reader.text(3), ArchiveError);
}

TEST_F(Archives, what_is_no_archive_is_refused) {
  EXPECT_THROW(ArchiveReader{file("not", "this is not an archive")}.next(), ArchiveError);
  EXPECT_THROW(ArchiveReader{folder / "none"}, std::system_error);
}

}  // namespace
}  // namespace plenary::server::ops

#include "server/ops/data_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <functional>

#include "server/ops/operator_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace plenary::server::ops {
namespace {

using ::testing::HasSubstr;

std::string refusal_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const OperatorError& error) {
    return error.what();
  }
  return "was not refused";
}

unsigned int mode_of(const std::filesystem::path& path) {
  return static_cast<unsigned int>(std::filesystem::status(path).permissions()) & 0777U;
}

TEST(DataFolder, is_made_for_its_owner_only) {
  test::TemporaryFolder folder;
  const DataFolder data{folder / "a/b"};
  EXPECT_EQ(mode_of(folder / "a/b"), 0700U);
  EXPECT_EQ(mode_of(data.paths().files()), 0700U);
  EXPECT_EQ(mode_of(data.paths().backups()), 0700U);
  EXPECT_EQ(mode_of(data.paths().lock()), 0600U);
  EXPECT_GT(data.free_bytes(), 0U);
}

TEST(DataFolder, is_for_one_at_a_time_and_says_for_whom) {
  test::TemporaryFolder folder;
  {
    const DataFolder data{folder / "data"};
    EXPECT_THAT(refusal_of([&] { const DataFolder second{folder / "data"}; }),
                HasSubstr("in use by process " + std::to_string(::getpid())));
    EXPECT_FALSE(DataFolder::open_if_free(folder / "data"));
  }
  EXPECT_TRUE(DataFolder::open_if_free(folder / "data")) << "free again with its holder";
}

TEST(DataFolder, the_lock_goes_with_the_object) {
  test::TemporaryFolder folder;
  auto first = DataFolder::open_if_free(folder / "data");
  ASSERT_TRUE(first);
  {
    const DataFolder moved = std::move(*first);
    first.reset();
    EXPECT_FALSE(DataFolder::open_if_free(folder / "data"));
  }
  EXPECT_TRUE(DataFolder::open_if_free(folder / "data"));
}

TEST(DataFolder, a_file_in_its_place_is_refused_with_a_sentence) {
  test::TemporaryFolder folder;
  std::ofstream{folder / "data"} << "x";
  EXPECT_THAT(refusal_of([&] { const DataFolder data{folder / "data"}; }), HasSubstr("cannot be used: "));
}

TEST(DataFolder, an_interrupted_restore_is_not_started_on) {
  test::TemporaryFolder folder;
  std::filesystem::create_directories(folder / "data/.restoring");
  EXPECT_THAT(refusal_of([&] { const DataFolder data{folder / "data"}; }), HasSubstr("was interrupted"));
  EXPECT_THAT(refusal_of([&] { DataFolder::open_if_free(folder / "data"); }), HasSubstr("was interrupted"));
  const auto again = DataFolder::open_for_restore(folder / "data");
  EXPECT_EQ(again.paths().root, folder / "data");
}

TEST(DataFolder, what_root_makes_in_anothers_folder_is_theirs) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root makes something in another's folder";
  constexpr uid_t somebody = 4'242;
  test::TemporaryFolder folder;
  std::filesystem::create_directory(folder / "data");
  ASSERT_EQ(::chown((folder / "data").c_str(), somebody, somebody), 0);
  const DataFolder data{folder / "data"};
  for (const auto& path : {data.paths().lock(), data.paths().files(), data.paths().backups()}) {
    struct stat figures {};
    ASSERT_EQ(::stat(path.c_str(), &figures), 0);
    EXPECT_EQ(figures.st_uid, somebody) << path;
  }
}

TEST(BackupLock, is_held_by_one_at_a_time) {
  test::TemporaryFolder folder;
  const DataFolder data{folder / "data"};
  {
    const auto first = lock_backups(data.paths());
    EXPECT_TRUE(first);
    EXPECT_FALSE(lock_backups(data.paths()));
  }
  EXPECT_TRUE(lock_backups(data.paths()));
}

}  // namespace
}  // namespace plenary::server::ops

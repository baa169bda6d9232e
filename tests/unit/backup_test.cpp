#include "server/ops/backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "protocol/json.hpp"
#include "server/ops/archive.hpp"
#include "server/ops/operator_error.hpp"
#include "server/ops/restore.hpp"
#include "storage/copy.hpp"
#include "storage/migrations.hpp"
#include "storage/people.hpp"
#include "storage/runs.hpp"
#include "tests/support/temporary_folder.hpp"

namespace plenary::server::ops {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr protocol::Timestamp noon{1'780'000'000'000};

std::string bytes_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream{file, std::ios::binary}.rdbuf();
  return text.str();
}

/// Every file below, with its bytes; without the lock.
std::map<std::string, std::string> tree(const std::filesystem::path& root) {
  std::map<std::string, std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{root}) {
    const auto name = entry.path().lexically_relative(root).string();
    if (entry.is_regular_file() && name != "lock") found[name] = bytes_of(entry.path());
  }
  return found;
}

/// An instance with one person, two uploads, and a backup of it.
struct Backups : ::testing::Test {
  Backups() {
    make_data(data, "Ana");
    std::filesystem::create_directories(paths.files() / "ab");
    std::ofstream{paths.files() / "ab/slides.pdf"} << "slides";
    std::ofstream{paths.files() / "empty"} << "";
    manifest = back_up(paths, archive);
  }

  static void make_data(const std::filesystem::path& root, const char* name) {
    const DataFolder folder{root};
    storage::Connection connection{folder.paths().database(), storage::Connection::Role::writer};
    storage::migrate(connection);
    storage::Transaction transaction{connection};
    storage::begin_run(transaction, "epoch-of-" + std::string{name}, noon);
    storage::insert_guest(transaction, name, noon);
    transaction.commit();
  }
  static BackupManifest back_up(const DataPaths& from, const std::filesystem::path& to) {
    {
      storage::Connection connection{from.database(), storage::Connection::Role::writer};
      storage::copy_database(connection, from.backup_copy());
    }
    auto made = write_backup(from.backup_copy(), from.files(), to, noon);
    std::filesystem::remove(from.backup_copy());
    return made;
  }
  static std::string name_in(const std::filesystem::path& root) {
    storage::Connection connection{DataPaths{root}.database(), storage::Connection::Role::reader};
    const auto person = storage::find_person(connection, protocol::PersonId{1});
    return person ? person->name : "nobody";
  }
  static std::string refusal(const RestoreRequest& request) {
    try {
      restore_backup(request, noon);
    } catch (const OperatorError& error) {
      return error.what();
    }
    return "was not refused";
  }

  test::TemporaryFolder folder;
  std::filesystem::path data = folder / "data";
  DataPaths paths{data};
  std::filesystem::path archive = folder / "backup.plenary";
  std::filesystem::path target = folder / "target";
  BackupManifest manifest;
};

TEST_F(Backups, one_says_what_it_holds) {
  EXPECT_EQ(manifest.schema, storage::newest_schema());
  EXPECT_EQ(manifest.epoch, "epoch-of-Ana");
  EXPECT_EQ(manifest.commit, 1);
  EXPECT_EQ(manifest.created_at, noon.milliseconds);
  std::vector<std::string> names;
  for (const auto& part : manifest.parts) names.push_back(part.name);
  EXPECT_THAT(names, ElementsAre("plenary.db", "files/ab/slides.pdf", "files/empty"));
}

TEST_F(Backups, one_comes_back_whole_with_outgoing_mail_held) {
  const auto restored = restore_backup({archive, target, false}, noon);
  EXPECT_EQ(restored.manifest.parts, manifest.parts);
  EXPECT_EQ(restored.moved_aside, std::nullopt);
  EXPECT_EQ(name_in(target), "Ana");
  auto files = tree(target);
  EXPECT_EQ(files.erase("plenary.db"), 1U);
  EXPECT_THAT(files.extract("mail.held").mapped(), HasSubstr("plenary mail release"));
  EXPECT_THAT(files, ElementsAre(::testing::Pair("files/ab/slides.pdf", "slides"), ::testing::Pair("files/empty", "")));
  const DataFolder usable{target};
  EXPECT_TRUE(release_mail(usable.paths()));
  EXPECT_FALSE(release_mail(usable.paths()));
}

TEST_F(Backups, one_can_be_put_back_twice_and_gives_no_webinar_number_twice) {
  restore_backup({archive, target, false}, noon);
  restore_backup({archive, folder / "later", false}, noon + std::chrono::minutes{90});
  const auto next_number = [](const std::filesystem::path& root) {
    storage::Connection connection{DataPaths{root}.database(), storage::Connection::Role::writer};
    storage::Query query{connection, "SELECT seq FROM sqlite_sequence WHERE name = 'webinar'"};
    query.step();
    return query.integer(0);
  };
  EXPECT_EQ(next_number(target), 100);
  EXPECT_EQ(next_number(folder / "later"), 190);
}

TEST_F(Backups, a_folder_that_holds_data_is_not_overwritten) {
  make_data(target, "Ben");
  const auto before = tree(target);
  EXPECT_THAT(refusal({archive, target, false}), HasSubstr("is not empty. Give --replace"));
  EXPECT_EQ(tree(target), before);
}

TEST_F(Backups, replacing_moves_everything_aside) {
  make_data(target, "Ben");
  std::ofstream{DataPaths{target}.files() / "ben's"} << "file";
  const auto before = tree(target);
  const auto restored = restore_backup({archive, target, true}, noon);
  EXPECT_EQ(name_in(target), "Ana");
  ASSERT_TRUE(restored.moved_aside);
  EXPECT_EQ(tree(*restored.moved_aside), before);
  EXPECT_FALSE(std::filesystem::exists(DataPaths{target}.files() / "ben's"));
  EXPECT_EQ(name_in(*restored.moved_aside), "Ben");
}

TEST_F(Backups, what_was_moved_aside_stays_when_it_is_done_again) {
  make_data(target, "Ben");
  const auto first = restore_backup({archive, target, true}, noon).moved_aside.value();
  const auto second = restore_backup({archive, target, true}, noon + std::chrono::minutes{1}).moved_aside.value();
  EXPECT_EQ(name_in(first), "Ben");
  EXPECT_EQ(name_in(second), "Ana");
}

TEST_F(Backups, a_folder_in_use_is_refused) {
  const DataFolder server{data};
  const auto before = tree(data);
  EXPECT_THAT(refusal({archive, data, true}), HasSubstr("in use by process"));
  EXPECT_EQ(tree(data), before);
}

TEST_F(Backups, a_damaged_one_is_refused_wherever_the_damage_is) {
  make_data(target, "Ben");
  const auto whole = bytes_of(archive);
  const auto before = tree(target);
  for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 60) {
    auto bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    std::ofstream{folder / "damaged", std::ios::binary} << bytes;
    // A bit that no part depends on (a time, padding) may be another one.
    const auto sentence = refusal({folder / "damaged", target, true});
    if (sentence == "was not refused") {
      EXPECT_EQ(name_in(target), "Ana") << at;
      std::filesystem::remove_all(target);
      make_data(target, "Ben");
      continue;
    }
    EXPECT_THAT(sentence, HasSubstr("cannot be restored: ")) << at;
    EXPECT_EQ(tree(target), before) << at;
  }
}

TEST_F(Backups, one_that_was_cut_short_is_refused_wherever_the_cut_is) {
  make_data(target, "Ben");
  const auto whole = bytes_of(archive);
  const auto before = tree(target);
  for (std::size_t length = 0; length + 20 < whole.size(); length += 1 + whole.size() / 40) {
    std::ofstream{folder / "short", std::ios::binary} << whole.substr(0, length);
    EXPECT_THAT(refusal({folder / "short", target, true}), HasSubstr("cannot be restored: ")) << length;
    EXPECT_EQ(tree(target), before) << length;
  }
}

/// An archive of our own making, with the hashes it says.
struct ForgedBackup {
  explicit ForgedBackup(const std::filesystem::path& path) : writer{path, noon} {}
  void add(const std::string& name, const std::filesystem::path& file) {
    const auto part = writer.add_file(name, file);
    manifest.parts.push_back({name, part.bytes, part.sha256});
  }
  void finish() {
    writer.add_text("manifest.json", protocol::to_json(manifest));
    writer.finish();
  }
  ArchiveWriter writer;
  BackupManifest manifest{"0", 1, "", 0, 0, {}};
};

TEST_F(Backups, names_that_lead_elsewhere_are_refused) {
  for (const char* name : {"../escaped", "/tmp/escaped", "files/../../escaped", "files/..", "files/./x", "files//x",
                           "files/", "lock", "mail.held", "plenary.db-wal", "admin.sock"}) {
    ForgedBackup forged{folder / "forged"};
    forged.add("plenary.db", paths.database());
    forged.add(name, paths.files() / "ab/slides.pdf");
    forged.finish();
    EXPECT_THAT(refusal({folder / "forged", target, false}), HasSubstr("cannot be restored: ")) << name;
    EXPECT_FALSE(std::filesystem::exists(folder / "escaped")) << name;
    EXPECT_FALSE(std::filesystem::exists(DataPaths{target}.database())) << name;
  }
}

TEST_F(Backups, parts_that_are_not_as_the_manifest_says_are_refused) {
  const auto forge = [&](auto change) {
    ForgedBackup forged{folder / "forged"};
    forged.add("plenary.db", paths.database());
    forged.add("files/a", paths.files() / "ab/slides.pdf");
    change(forged.manifest.parts);
    forged.finish();
    return refusal({folder / "forged", target, false});
  };
  using Parts = std::vector<BackupPart>;
  const auto expected = HasSubstr("its parts are not what its list of contents says");
  EXPECT_THAT(forge([](Parts& parts) { parts[1].sha256[0] ^= 1; }), expected);
  EXPECT_THAT(forge([](Parts& parts) { parts[1].bytes += 1; }), expected);
  EXPECT_THAT(forge([](Parts& parts) { parts.pop_back(); }), expected);
  EXPECT_THAT(forge([](Parts& parts) { parts.push_back({"files/b", 0, ""}); }), expected);
}

TEST_F(Backups, one_without_a_manifest_is_refused) {
  ForgedBackup forged{folder / "forged"};
  forged.add("plenary.db", paths.database());
  forged.writer.finish();
  EXPECT_THAT(refusal({folder / "forged", target, false}),
              HasSubstr("it is incomplete: its list of contents is missing"));
}

TEST_F(Backups, one_without_a_database_is_refused) {
  ForgedBackup forged{folder / "forged"};
  forged.add("files/a", paths.files() / "ab/slides.pdf");
  forged.finish();
  EXPECT_THAT(refusal({folder / "forged", target, false}), HasSubstr("it holds no database"));
}

TEST_F(Backups, one_of_a_newer_program_is_refused) {
  {
    storage::Connection connection{paths.database(), storage::Connection::Role::writer};
    connection.execute("PRAGMA user_version=9999");
  }
  ForgedBackup forged{folder / "forged"};
  forged.add("plenary.db", paths.database());
  forged.finish();
  EXPECT_THAT(refusal({folder / "forged", target, false}), HasSubstr("was written by a newer Plenary (schema 9999"));
  EXPECT_FALSE(std::filesystem::exists(DataPaths{target}.database()));
}

TEST_F(Backups, one_whose_rows_contradict_each_other_is_refused) {
  {
    storage::Connection connection{paths.database(), storage::Connection::Role::writer};
    connection.execute("PRAGMA foreign_keys=OFF; INSERT INTO dirty_tally VALUES (7)");
  }
  ForgedBackup forged{folder / "forged"};
  forged.add("plenary.db", paths.database());
  forged.finish();
  EXPECT_THAT(refusal({folder / "forged", target, false}), HasSubstr("its database is damaged: a row of dirty_tally"));
}

TEST_F(Backups, a_restore_that_was_cut_off_is_finished_by_another) {
  make_data(target, "Ben");
  // What a crash leaves between the old data's going and the new data's coming.
  std::filesystem::create_directories(target / ".restoring/files");
  std::filesystem::create_directories(target / "replaced-20260528T202640Z");
  std::filesystem::rename(DataPaths{target}.database(), target / "replaced-20260528T202640Z/plenary.db");
  EXPECT_THROW(DataFolder{target}, OperatorError);
  restore_backup({archive, target, true}, noon + std::chrono::minutes{1});
  const DataFolder usable{target};
  EXPECT_EQ(name_in(target), "Ana");
  EXPECT_EQ(name_in(target / "replaced-20260528T202640Z"), "Ben");
}

TEST_F(Backups, a_refused_restore_leaves_nothing_behind) {
  std::ofstream{folder / "bad"} << "not an archive";
  refusal({folder / "bad", target, false});
  EXPECT_THAT(tree(target), IsEmpty());
  const DataFolder usable{target};
}

TEST_F(Backups, a_damaged_database_is_not_backed_up) {
  std::filesystem::copy_file(paths.database(), folder / "copy.db");
  {
    std::fstream bytes{folder / "copy.db", std::ios::in | std::ios::out | std::ios::binary};
    bytes.seekp(5 * 4'096);
    bytes << std::string(4'096, 'x');
  }
  const auto earlier = bytes_of(archive);
  try {
    write_backup(folder / "copy.db", paths.files(), archive, noon);
    FAIL();
  } catch (const OperatorError& error) {
    EXPECT_THAT(error.what(), HasSubstr("No backup was made: the database is damaged"));
  }
  EXPECT_EQ(bytes_of(archive), earlier);
}

TEST_F(Backups, one_that_cannot_be_written_is_told_with_its_reason) {
  try {
    write_backup(paths.database(), paths.files(), folder / "no such folder/x", noon);
    FAIL();
  } catch (const OperatorError& error) {
    EXPECT_THAT(error.what(), HasSubstr("could not be written: No such file or directory"));
  }
}

}  // namespace
}  // namespace plenary::server::ops

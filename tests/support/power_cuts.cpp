#include "support/power_cuts.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "support/archive.hpp"

namespace fleetmeter::test {

namespace {

/// The files of a folder, by their names.
using FolderFiles = std::map<std::string, std::string>;

FolderFiles files_of(const std::string& folder) {
  FolderFiles files;
  if (!folder.empty()) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      std::ifstream file(entry.path(), std::ios::binary);
      files[entry.path().filename()] = {std::istreambuf_iterator<char>(file), {}};
    }
  }
  return files;
}

void put_files(const FolderFiles& files, const std::string& folder) {
  if (folder.empty()) {
    return;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::filesystem::remove_all(entry.path());
  }
  for (const auto& [name, bytes] : files) {
    std::ofstream(folder + '/' + name, std::ios::binary) << bytes;
  }
}

/// Work that came to its end, operation by operation.
struct Record {
  PowerDisk::Image begin;
  std::vector<DiskOperation> operations;
  std::vector<std::size_t> acknowledged;  ///< how many operations came before each step's end
  /// The files beside the store, and from which operation on they were so.
  std::vector<std::pair<std::size_t, FolderFiles>> beside;
  std::string answers;
  std::string error;
};

Record record_of(const Work& work, PowerDisk& disk) {
  Record record;
  record.begin = disk.image();
  record.beside.emplace_back(0, files_of(work.folder));
  disk.mend();
  disk.tell([&](const DiskOperation& operation) {
    if (FolderFiles now = files_of(work.folder); now != record.beside.back().second) {
      record.beside.emplace_back(record.operations.size(), std::move(now));
    }
    record.operations.push_back(operation);
  });
  Work told = work;
  for (auto& step : told.steps) {
    step = [&record, done = step](Store& store) {
      done(store);
      record.acknowledged.push_back(record.operations.size());
    };
  }
  record.error = run(told);
  disk.tell({});
  record.answers = record.error.empty() ? answers(work) : "";
  return record;
}

/// A number that tells apart what SQLite reads in a store, after it has recovered what it can.
std::size_t state_of(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
      sqlite3_serialize(db.getHandle(), "main", &size, 0), sqlite3_free);
  const std::string_view all(reinterpret_cast<const char*>(bytes.get()),
                             bytes == nullptr ? 0 : static_cast<std::size_t>(size));
  return std::hash<std::string_view>()(all);
}

/// What asking a store everything comes to.
struct Asked {
  std::size_t done = 0;  ///< how many of the first steps are
  std::string fault;     ///< empty: it is well
};

Asked ask_everything(const Work& work, const Record& record) {
  Asked asked;
  try {
    {
      Store store = Store::open_or_create(work.store);
      for (const Finding& one : store.check()) {
        if (one.status != Finding::Status::ok) {
          asked.fault = one.check + ": " + one.first_difference.value_or("");
          return asked;
        }
      }
      while (asked.done < work.steps.size() && work.is_done(store, asked.done)) {
        ++asked.done;
      }
    }
    if (const std::string error = run(work); !error.empty()) {
      asked.fault = "once more: " + error;
    } else if (answers(work) != record.answers) {
      asked.fault = "the same once more ends elsewhere";
    }
  } catch (const Error& error) {
    asked.fault = error.what();
  }
  return asked;
}

/// A cut after so many operations.
struct Cut {
  std::size_t operations = 0;
  std::uint64_t seed = 0;

  friend auto operator<=>(const Cut&, const Cut&) = default;
};

class Cuts {
 public:
  Cuts(const Work& work, PowerDisk& disk, const Record& record)
      : work_(work), disk_(disk), record_(record) {}

  /// What is wrong after a cut; nothing: all is well.
  std::string fault_of(const Cut& cut, const DiskFiles& files) {
    constexpr DiskFiles::Left kLeft[] = {DiskFiles::Left::nothing, DiskFiles::Left::everything,
                                         DiskFiles::Left::some_writes,
                                         DiskFiles::Left::some_sectors};
    const PowerDisk::Image image = files.after_cut(kLeft[cut.seed % 4], cut.seed);
    const auto beside = std::prev(
        std::partition_point(record_.beside.begin(), record_.beside.end(),
                             [&](const auto& one) { return one.first <= cut.operations; }));
    disk_.load(image);
    try {
      const auto [asked, is_new] =
          asked_.try_emplace({state_of(work_.store), beside - record_.beside.begin()});
      if (is_new || cut.seed % 500 == 0) {
        disk_.load(image);
        put_files(beside->second, work_.folder);
        asked->second = ask_everything(work_, record_);
      }
      const auto acknowledged = static_cast<std::size_t>(
          std::count_if(record_.acknowledged.begin(), record_.acknowledged.end(),
                        [&](std::size_t end) { return end <= cut.operations; }));
      if (asked->second.fault.empty() && asked->second.done < acknowledged) {
        return "step " + std::to_string(asked->second.done) + " was acknowledged and is not there";
      }
      return asked->second.fault;
    } catch (const SQLite::Exception& error) {
      return error.what();
    }
  }

 private:
  const Work& work_;
  PowerDisk& disk_;
  const Record& record_;
  std::map<std::pair<std::size_t, std::ptrdiff_t>, Asked> asked_;
};

}  // namespace

std::uint64_t mixed(std::uint64_t seed) {
  seed = (seed + 1) * 0x9E3779B97F4A7C15U;
  seed = (seed ^ seed >> 31U) * 0xBF58476D1CE4E5B9U;
  return seed ^ seed >> 29U;
}

std::string run(const Work& work) {
  try {
    Store store = Store::open_or_create(work.store);
    for (const auto& step : work.steps) {
      step(store);
    }
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

std::string answers(const Work& work) {
  const Store store = Store::open(work.store);
  std::string all;
  for (const std::vector<GroupBy>& by :
       {std::vector{GroupBy::process}, {GroupBy::process, GroupBy::day}}) {
    Question question;
    question.by = by;
    for (const char* const meter : {"billing", "egress"}) {
      try {
        all += csv(store, meter, question);
      } catch (const Error& error) {  // of observations that were moved to files
        all += error.what();
      }
    }
  }
  const StoreStatus status = store.status();
  for (const std::int64_t count : {status.snapshots, status.processes, status.observations,
                                   status.rooms, status.ports, status.rejects}) {
    all += std::to_string(count) + '\n';
  }
  for (const SealRow& seal : store.seals()) {
    all += seal.month + ' ' + seal.root + '\n';
  }
  return all;
}

std::string first_fault(const Work& work, PowerDisk& disk, std::uint64_t cuts, bool disk_lies) {
  const Record record = record_of(work, disk);
  if (!record.error.empty()) {
    return "undisturbed: " + record.error;
  }
  std::vector<Cut> all;
  for (std::uint64_t seed = 0; seed < cuts; ++seed) {
    all.push_back({mixed(seed) % (record.operations.size() + 1), seed});
  }
  std::sort(all.begin(), all.end());
  Cuts tried(work, disk, record);
  DiskFiles files(record.begin);
  if (disk_lies) {
    files.lie();
  }
  std::size_t performed = 0;
  for (const Cut& cut : all) {
    for (; performed < cut.operations; ++performed) {
      files.perform(record.operations[performed]);
    }
    if (const std::string fault = tried.fault_of(cut, files); !fault.empty()) {
      return "seed " + std::to_string(cut.seed) + ": " + fault;
    }
  }
  return "";
}

}  // namespace fleetmeter::test

#include "fleetmeter/stores.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "ask/evidence.hpp"
#include "ask/meters.hpp"
#include "ask/names.hpp"
#include "ask/several_status.hpp"
#include "ask/several_stores.hpp"
#include "ask/window.hpp"
#include "base/disk.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "ingest/money_import.hpp"
#include "ingest/sources.hpp"
#include "store/connection.hpp"
#include "store/part.hpp"
#include "store/united_store.hpp"

namespace fleetmeter {

namespace {

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// Throws when two paths name one file.
void expect_different(const std::vector<std::string>& paths) {
  std::map<std::pair<dev_t, ino_t>, std::string> files;
  for (const std::string& path : paths) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
      continue;  // it cannot be opened either
    }
    const auto [known, is_new] = files.try_emplace({status.st_dev, status.st_ino}, path);
    if (!is_new) {
      throw Error(ErrorKind::usage,
                  spelled(Term::store_path) + ": " +
                      (known->second == path ? path + " is named twice"
                                             : known->second + " and " + path + " are one store") +
                      "; each is asked once");
    }
  }
}

}  // namespace

void expect_all_known(const Question& question) {
  if (question.known_seq || question.known_at_ms) {
    throw Error(ErrorKind::usage,
                spelled(question.known_seq ? Term::known_seq : Term::known_at) +
                    ": each store numbers what it knows, so a state of knowledge can be asked of "
                    "one store alone; several are named");
  }
}

/// What several stores have behind the door.
struct Stores::Inside {
  struct One {
    std::string path;
    std::unique_ptr<SQLite::Database> db;
  };
  std::vector<One> stores;
  std::stop_token stop = {};

  /// What a question holds of one store while it is asked.
  struct Held {
    Held(const One& one, const std::stop_token& stop, Absence absence)
        : moment(*one.db), stoppable(*one.db, stop), reader(*one.db, std::nullopt, absence) {}
    store::ReadTransaction moment;
    store::Stoppable stoppable;
    store::Reader reader;
  };

  /// Asks within a read transaction of each store.
  template <class Ask>
  auto ask(const Question& question, Ask&& ask_stores) const {
    expect_all_known(question);
    std::vector<std::unique_ptr<Held>> held;
    store::Parts parts;
    for (const One& one : stores) {
      store::guarded(one.path,
                     [&] { held.push_back(std::make_unique<Held>(one, stop, question.absence)); });
      parts.push_back({one.path, one.db.get(), &held.back()->reader});
    }
    ask::SeveralStores several(std::move(parts));
    return ask_stores(several);
  }

  /// What `ask_store` says of each store's connection, each once and in order.
  template <class Ask>
  [[nodiscard]] std::vector<std::string> merged(Ask&& ask_store) const {
    std::set<std::string> all;
    for (const One& one : stores) {
      store::guarded(one.path, [&] {
        const store::Stoppable stoppable(*one.db, stop);
        for (std::string& name : ask_store(*one.db)) {
          all.insert(std::move(name));
        }
      });
    }
    return {all.begin(), all.end()};
  }
};

Stores::Stores(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Stores::Stores(Stores&& other) noexcept = default;
Stores& Stores::operator=(Stores&& other) noexcept = default;
Stores::~Stores() = default;

Stores Stores::open(const std::vector<std::string>& paths) {
  if (paths.empty()) {
    throw Error(ErrorKind::usage, spelled(Term::store_path) + ": no store is named");
  }
  expect_different(paths);
  auto inside = std::make_unique<Inside>();
  for (const std::string& path : paths) {
    inside->stores.push_back({path, store::open_store(path, store::Access::read)});
  }
  return Stores(std::move(inside));
}

void Stores::stop_when(std::stop_token token) {
  inside_->stop = std::move(token);
}

std::vector<BillingRow> Stores::billing(const Question& question) const {
  return inside_->ask(question, [&](auto& stores) { return ask::billing(question, stores); });
}

std::vector<EgressRow> Stores::egress(const Question& question) const {
  return inside_->ask(question, [&](auto& stores) { return ask::egress(question, stores); });
}

std::vector<StoresStatus> Stores::status(const Question& question) const {
  return inside_->ask(question, [&](auto& stores) { return ask::status(stores); });
}

std::string Stores::unfinished_name(const std::string& path) {
  return path + ".partial";
}

void Stores::unite(const std::string& path, const std::function<void()>& on_document) const {
  const std::string partial = unfinished_name(path);
  for (const std::string& place : {path, partial}) {
    std::error_code failure;
    if (std::filesystem::exists(std::filesystem::symlink_status(place, failure))) {
      throw Error(ErrorKind::cannot_create,
                  place + (place == path ? ": something is there already"
                                         : ": a store that is being made, or was not finished"));
    }
  }
  try {
    store::guarded(partial, [&] {
      const auto db = store::open_store(partial, store::Access::write);
      inside_->ask({}, [&](ask::SeveralStores& stores) {
        store::Parts parts = stores.parts();
        std::sort(parts.begin(), parts.end(),
                  [](const auto& a, const auto& b) { return a.path < b.path; });
        std::vector<SQLite::Database*> connections;
        for (const store::Part& part : parts) {
          connections.push_back(part.db);
        }
        const std::int64_t now_ms = ingest::wall_clock_ms();
        store::unite_stores(
            parts, *db, now_ms, on_document ? on_document : [] {});
        ingest::unite_money(connections, *db, now_ms);
        return 0;
      });
      db->exec("PRAGMA wal_checkpoint(TRUNCATE)");  // into the file, or it fails here
    });
    std::error_code failure;
    std::filesystem::rename(partial, path, failure);
    if (failure) {
      throw base::cannot_make(path, "cannot be put there", failure.value());
    }
    base::bring_folder_to_disk(folder_of(path));
  } catch (...) {
    for (const char* const beside : {"", "-wal", "-shm"}) {
      std::error_code failure;
      std::filesystem::remove(partial + beside, failure);
    }
    throw;
  }
}

Stores::Observed Stores::observed() const {
  return inside_->ask({}, [&](ask::SeveralStores& stores) {
    Observed all;
    for (const store::Part& part : stores.parts()) {
      const StoreStatus one = store::with_part(
          part, [&](store::Reader& reader) { return ask::status(part.path, reader, false); });
      ask::include_observed(one, all.first_ms, all.last_ms);
    }
    return all;
  });
}

std::vector<std::string> Stores::names(NameKind kind) const {
  return inside_->merged([&](SQLite::Database& db) { return ask::names(kind, db); });
}

std::vector<std::string> Stores::process_ids(const std::string& begin, std::size_t most) const {
  std::vector<std::string> ids =
      inside_->merged([&](SQLite::Database& db) { return ask::process_ids(begin, most, db); });
  ids.resize(std::min(ids.size(), most));
  return ids;
}

std::optional<std::int64_t> Stores::as_of(const Question& question) const {
  return inside_->ask(
      question, [&](ask::SeveralStores& stores) { return ask::as_of(question, stores.span()); });
}

std::string Stores::remark_on_window(const Question& question) const {
  return inside_->ask(question, [&](ask::SeveralStores& stores) {
    return ask::remark_on_window(question, stores.span());
  });
}

}  // namespace fleetmeter

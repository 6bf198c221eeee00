#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "fleetmeter/store.hpp"
#include "ingest/ingest.hpp"
#include "prune/archive.hpp"
#include "seal/seals.hpp"
#include "store/connection.hpp"
#include "store/reader.hpp"
#include "store/seals.hpp"

namespace fleetmeter {

/// What a store has behind the door.
struct Store::Inside {
  std::string path;
  bool writable = false;
  std::unique_ptr<SQLite::Database> db;
  std::stop_token stop = {};
  /// Null until the first ingest, and after a failure.
  std::unique_ptr<ingest::Ingestor> ingestor = nullptr;

  void expect_writable() const {
    if (!writable) {
      throw Error(ErrorKind::usage, path + ": this store was opened for questions only");
    }
  }

  /// Asks within one read transaction, so that an answer is of one moment.
  template <class Ask>
  auto ask(const Question& question, Ask&& ask_reader) const {
    return store::guarded(path, [&] {
      const store::ReadTransaction moment(*db);
      const store::Stoppable stoppable(*db, stop);
      store::Reader reader(*db, known_seq({question.known_seq, question.known_at_ms}),
                           question.absence);
      return ask_reader(reader);
    });
  }

  /// The same, with what was moved to files at hand if the question names their folder. That takes
  /// a connection of its own, on which these observations stand beside the others.
  template <class Ask>
  auto ask_with_archive(const Question& question, Ask&& ask_reader) const {
    if (question.archive.empty()) {
      return ask(question, ask_reader);
    }
    return store::guarded(path, [&] {
      const auto with_archive = store::open_store(path, store::Access::read);
      const store::ReadTransaction moment(*with_archive);
      const store::Stoppable stoppable(*with_archive, stop);
      prune::Archive archive(question.archive);
      store::Reader reader(*with_archive, known_seq({question.known_seq, question.known_at_ms}),
                           question.absence, &archive);
      return ask_reader(reader);
    });
  }

  /// Hands `what` to the ingestor. It goes when it fails, because it is unusable then.
  template <class What>
  auto ingest(const What& what, IngestOptions options) {
    expect_writable();
    options.should_stop = [this, asked = std::move(options.should_stop)] {
      return stop.stop_requested() || (asked && asked());
    };
    return store::guarded(path, [&] {
      auto used = std::move(ingestor);
      if (!used) {
        used = std::make_unique<ingest::Ingestor>(*db, path);
      }
      auto reports = used->run(what, options);
      ingestor = std::move(used);
      if (stop.stop_requested()) {
        throw store::cancelled();
      }
      return reports;
    });
  }

  /// The newest snapshot that counts; absent when all do.
  [[nodiscard]] std::optional<std::int64_t> known_seq(const Known& known) const {
    if (!known.at_ms) {
      return known.seq;
    }
    const std::int64_t by_then = store::newest_snapshot_by(*db, *known.at_ms);
    return std::min(known.seq.value_or(by_then), by_then);
  }

  /// Asks a seal, which is named by its number or by its month.
  template <class Ask>
  auto ask_seal(const std::string& name, Ask&& ask_seal) const {
    return ask({}, [&](store::Reader&) {
      const std::vector<store::StoredSeal> all = store::seals_in(*db);
      return ask_seal(seal::find_seal(all, name));
    });
  }
};

}  // namespace fleetmeter

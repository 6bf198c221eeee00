#pragma once

#include <SQLiteCpp/Database.h>

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/invariant.hpp"
#include "fleetmeter/error.hpp"
#include "sql/statements.hpp"
#include "store/statement.hpp"

namespace fleetmeter::store {

namespace ask = sql::queries::ask;
namespace ingest = sql::queries::ingest;
namespace known = sql::queries::known;

/// A value that a store always has where it is asked for, though its column may be NULL elsewhere.
template <class Value>
[[nodiscard]] const Value& held(const char* column, const std::optional<Value>& value) {
  if (!value) {
    throw Error(ErrorKind::foreign_store,
                std::string(column) +
                    " is NULL, which a store never holds there: this one is "
                    "damaged; restore a backup, or ingest the archive into a new "
                    "store");
  }
  return *value;
}

/// More than any archive has of anything that is numbered: a larger number was not written by us.
inline constexpr std::int64_t kMostNumbered = std::int64_t{1} << 48;

/// A number of a row that stands among others which count up from 0, and is below `end`. Another
/// one means that the store is damaged: Error(foreign_store).
[[nodiscard]] inline std::int64_t number_below(std::int64_t end, const char* column,
                                               std::int64_t number) {
  if (number < 0 || number >= end) {
    throw Error(ErrorKind::foreign_store,
                std::string(column) + " is " + std::to_string(number) +
                    ", which a store never holds there: this one is damaged; restore a backup, or "
                    "ingest the archive into a new store");
  }
  return number;
}

/// An SQL file that the program runs, with its parameters and its rows as types: `Q` is one of
/// those that the build makes from the contracts (sql/statements.hpp).
///
///     Query<ask::ListSuspects> suspects(db);
///     for (const auto& row : suspects.rows({.from_key = 1, .to_key = 9})) {
///       use(row.process_key);
///     }
///
/// Compiled when it is first run, because many a run of the program needs few of the queries that
/// it could; then run as often as wanted, one reading at a time. Texts that are given must live
/// until the rows have been read.
template <class Q>
class Query {
 public:
  using In = typename Q::In;
  using Out = typename Q::Out;
  class Rows;

  explicit Query(SQLite::Database& db) : db_(db) {}

  /// Runs a statement that gives no rows.
  void run(const In& in) { given(in).run(); }

  /// The rows, one after another; leaving the loop early ends the reading. Not of a query that goes
  /// away meanwhile, hence not of a temporary one.
  [[nodiscard]] Rows rows(const In& in = {}) & { return Rows(given(in)); }

  /// The first row; nothing when there is none.
  [[nodiscard]] std::optional<Out> first(const In& in = {}) {
    Statement& statement = given(in);
    const Ending ending{statement};
    std::optional<Out> row;
    if (statement.next()) {
      Q::take(row.emplace(), [&](int column, auto& value) { statement.take(column, value); });
    }
    return row;
  }

 private:
  /// Ends a reading, whatever happens.
  struct Ending {
    Statement& statement;
    ~Ending() { statement.reset(); }
  };

  /// The statement with these parameters.
  [[nodiscard]] Statement& given(const In& in) {
    if (!statement_) {
      statement_.emplace(db_, Q::kText, Q::kParameters);
    }
    base::check(!statement_->is_open(),
                "a query has one reading at a time, or two would share its rows");
    Q::put(in, [&](int parameter, const auto& value) { statement_->put(parameter, value); });
    return *statement_;
  }

  SQLite::Database& db_;
  std::optional<Statement> statement_;
};

/// The rows of one reading, for a range-based for.
template <class Q>
class Query<Q>::Rows {
 public:
  explicit Rows(Statement& statement) : statement_(statement), ending_{statement} {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  class Iterator {
   public:
    explicit Iterator(Rows& rows) : rows_(rows) {}
    [[nodiscard]] const Out& operator*() const { return rows_.row_; }
    void operator++() { rows_.step(); }
    [[nodiscard]] bool operator==(std::nullptr_t) const { return rows_.is_over_; }

   private:
    Rows& rows_;
  };

  [[nodiscard]] Iterator begin() {
    step();
    return Iterator(*this);
  }
  [[nodiscard]] std::nullptr_t end() const { return nullptr; }

 private:
  void step() {
    is_over_ = !statement_.next();
    if (!is_over_) {
      Q::take(row_, [&](int column, auto& value) { statement_.take(column, value); });
    }
  }

  Statement& statement_;
  Ending ending_;
  Out row_{};
  bool is_over_ = false;
};

/// The queries of one connection, by their types.
class Queries {
 public:
  explicit Queries(SQLite::Database& db) : db_(db) {}

  /// The reference lasts as long as the queries.
  template <class Q>
  [[nodiscard]] Query<Q>& of() {
    std::shared_ptr<void>& made = compiled_[&Q::kText];
    if (!made) {
      made = std::make_shared<Query<Q>>(db_);
    }
    return *static_cast<Query<Q>*>(made.get());
  }

 private:
  SQLite::Database& db_;
  std::unordered_map<const sql::SqlText*, std::shared_ptr<void>> compiled_;
};

}  // namespace fleetmeter::store

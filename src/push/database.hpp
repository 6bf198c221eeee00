#pragma once

#include <memory>
#include <string>
#include <vector>

#include "fleetmeter/error.hpp"
#include "push/pq_library.hpp"

namespace fleetmeter::push {

/// A connection to PostgreSQL. Every failure is Error(io) that names the database.
class Database {
 public:
  /// `target`: a connection string or an address, as libpq takes them; `number` is its place among
  /// the targets. Throws Error(usage) on one that libpq cannot read, or would read otherwise than
  /// it was meant. Until it is reached, messages have nothing but its number: a password that was
  /// not marked as one may stand anywhere in it, and so in whatever libpq says.
  Database(const std::string& target, std::size_t number);

  /// Its name and its host, without anything secret.
  [[nodiscard]] const std::string& name() const { return name_; }

  /// Runs statements; how many rows the last one changed.
  std::int64_t run(const std::string& sql);

  /// The rows of a query as texts; NULL is "".
  using Rows = std::vector<std::vector<std::string>>;
  [[nodiscard]] Rows ask(const std::string& sql);

  /// Sends rows to a table, in the text form of COPY.
  void copy(const std::string& table, const std::string& rows);

  [[nodiscard]] Error failed(ErrorKind kind, const std::string& why) const;

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PqLibrary::get().PQfinish(connection); }
  };
  struct Clear {
    void operator()(PGresult* result) const { PqLibrary::get().PQclear(result); }
  };
  using Result = std::unique_ptr<PGresult, Clear>;

  [[nodiscard]] Error refused() const;
  [[nodiscard]] Result expect(Result result, ExecStatusType status) const;
  [[nodiscard]] Result send(const std::string& sql) const;

  const PqLibrary& pq_;
  std::unique_ptr<PGconn, Finish> connection_;
  std::string name_;
};

}  // namespace fleetmeter::push

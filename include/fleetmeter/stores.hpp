#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "fleetmeter/names.hpp"
#include "fleetmeter/public.hpp"
#include "fleetmeter/question.hpp"
#include "fleetmeter/stores_status.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// Several fleetmeter stores that are asked as one: of pollers in many regions, say.
///
/// They answer what one store with all their documents answers, whatever each of them has and in
/// whatever order they are named. A document may be in several of them, and so may a process, which
/// is then worked out from what all of them observed; a running list proves a process gone wherever
/// it is stored. Where documents of one instant say different things of a process, the one that
/// became known later counts, as in one store; between documents of different stores, the one with
/// the greater digest does.
///
/// Threads, failures and cancelling are as for Store. Each question sees each store as it is when
/// it is asked.
class Stores {
 public:
  /// Opens existing stores for questions; each path is a file. Throws Error(usage) when no path is
  /// given or two name one file, and otherwise what Store::open throws, with the path.
  [[nodiscard]] static Stores open(const std::vector<std::string>& paths);

  Stores(Stores&& other) noexcept;
  Stores& operator=(Stores&& other) noexcept;
  ~Stores();

  /// As Store::stop_when.
  void stop_when(std::stop_token token);

  /// As Store::billing and Store::egress. Without an as-of, all are asked up to the latest
  /// observation of any of them. Throws Error(usage) when the question names a state of knowledge,
  /// because each store numbers its own; or when it needs observations that were moved to files.
  [[nodiscard]] std::vector<BillingRow> billing(const Question& question) const;
  [[nodiscard]] std::vector<EgressRow> egress(const Question& question) const;

  /// A row for each store, in the order in which they were named, and one for all. Of the question,
  /// what is known is refused, as above; nothing else of it counts.
  [[nodiscard]] std::vector<StoresStatus> status(const Question& question = {}) const;

  /// Makes one store of all that these hold, for every question that Store answers. It takes about
  /// twice as long as ingesting their archives did. Nothing may be at `path`: Error(cannot_create).
  /// Until it is whole, the store is called unfinished_name(), where nothing may be either.
  ///
  /// A document's source is named after the store that it lies in, and after the path that it has
  /// there, `eu.db/polls.ndjson`; of one that lies in several, the first store by path. Documents
  /// about money count in the order in which they were imported, whatever store they are in. Seals
  /// stay where they are: each is of one store. Throws Error(usage) when observations of one were
  /// moved to files. `on_document` is called after each document.
  void unite(const std::string& path, const std::function<void()>& on_document = {}) const;
  [[nodiscard]] static std::string unfinished_name(const std::string& path);

  /// The instants of the first and the last document; absent when there is none.
  struct Observed {
    std::optional<std::int64_t> first_ms;
    std::optional<std::int64_t> last_ms;
  };
  [[nodiscard]] Observed observed() const;

  /// As the functions of Store: of what any of them knows, each name once.
  [[nodiscard]] std::vector<std::string> names(NameKind kind) const;
  [[nodiscard]] std::vector<std::string> process_ids(const std::string& begin,
                                                     std::size_t most) const;
  [[nodiscard]] std::optional<std::int64_t> as_of(const Question& question = {}) const;
  [[nodiscard]] std::string remark_on_window(const Question& question) const;

 private:
  struct Inside;
  explicit Stores(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

/// Throws Error(usage) when a question names a state of knowledge: each store numbers what it
/// knows, so several have none in common.
void expect_all_known(const Question& question);

/// The paths of the stores that somebody means by some names. A name is that of a file; or of a
/// folder, which means the SQLite files in it and what is called `*.db`, by name; or, when nothing
/// has that name, a pattern of the shell such as `stores/*.db`. A folder without a store, and a
/// pattern that nothing matches, throw Error(no_input).
[[nodiscard]] std::vector<std::string> stores_named(const std::vector<std::string>& names);

/// Whether a name means stores otherwise than by being the path of one: a folder, or a pattern.
[[nodiscard]] bool names_several_stores(const std::string& name);

}  // namespace fleetmeter

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "decode/document_reader.hpp"

namespace fleetmeter::decode {

/// Reads a document that stands inside another one, and tells its places as those in the source.
class DocumentReader::Inner {
 public:
  /// `value` is the object that holds it, `pointer` that object's place, and `outer` the time of
  /// what is around it.
  Inner(Carried carried, const RawValue& value, std::string pointer, const FallbackTime& outer,
        Limits limits, const std::shared_ptr<Workspace>& workspace, unsigned depth);

  /// Fills `part` as DocumentReader::next does; places are those in the outermost source.
  [[nodiscard]] bool next(model::DocumentPart& part);

 private:
  /// A source that gives bytes in memory.
  class Memory final : public ByteSource {
   public:
    explicit Memory(std::string_view bytes) : rest_(bytes) {}
    std::size_t read(char* into, std::size_t size) override {
      const std::size_t count = rest_.copy(into, size);
      rest_.remove_prefix(count);
      return count;
    }
    [[nodiscard]] const char* encoding() const override { return "plain"; }

   private:
    std::string_view rest_;
  };

  [[nodiscard]] static FallbackTime time_of(const Carried& carried, FallbackTime time);
  void place_slice(model::DocumentPart& part) const;
  void place_text(model::DocumentPart& part) const;
  [[nodiscard]] base::Sha256 digest() const;

  Carried carried_;
  std::string pointer_;
  std::uint64_t offset_;
  std::uint64_t length_;
  base::Sha256 sha256_{};  ///< of the object around a text
  int number_ = 0;         ///< of the document being read, from 1
  Memory source_;
  DocumentReader reader_;
};

}  // namespace fleetmeter::decode
